using DinOrleans.Training.Checkpoints;

namespace DinOrleans.Training.Trainer.Optimizers;

/// <summary>s ← s + g²; w ← w − η·g / (√s + ε).</summary>
internal sealed class AdagradOptimizer(int rows, int dimension) : RowOptimizer
{
    private const float Epsilon = 1e-10f;
    private readonly float[] _squares = new float[checked(rows * dimension)];

    /// <inheritdoc/>
    public override void Update(int row, Span<float> values, ReadOnlySpan<float> gradient, float learningRate)
    {
        Span<float> squares = _squares.AsSpan(row * dimension, dimension);
        for (int i = 0; i < values.Length; i++)
        {
            squares[i] += gradient[i] * gradient[i];
            values[i] -= learningRate * gradient[i] / (MathF.Sqrt(squares[i]) + Epsilon);
        }
    }

    /// <inheritdoc/>
    public override void Save(CheckpointWriter writer) => writer.Write<float>("adagrad squares", _squares);

    /// <inheritdoc/>
    public override void Load(CheckpointReader reader) => reader.Read<float>("adagrad squares", _squares);
}
