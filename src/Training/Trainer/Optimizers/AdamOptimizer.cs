using System.Numerics;
using System.Runtime.InteropServices;
using DinOrleans.Training.Checkpoints;

namespace DinOrleans.Training.Trainer.Optimizers;

/// <summary>m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; w ← w − η·m̂ / (√v̂ + ε), where m̂ and v̂ are corrected for their start at 0.</summary>
/// <remarks>
/// Moments move only when a row is touched, and the correction counts the row's own steps. The first step of a rare row is therefore as long as that
/// of a frequent one.
/// </remarks>
internal sealed class AdamOptimizer(int rows, int dimension) : RowOptimizer
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.999f;
    private const float Epsilon = 1e-8f;

    /// <summary>1 / (1 − β₁ᵗ) and 1 / √(1 − β₂ᵗ) at index t − 1. Beyond the last index both are 1 in single precision.</summary>
    private static readonly (float First, float Second)[] Corrections =
        [.. Enumerable.Range(1, 20_000).Select(t => ((float)(1 / (1 - Math.Pow(Beta1, t))), (float)(1 / Math.Sqrt(1 - Math.Pow(Beta2, t)))))];

    private readonly float[] _first = new float[checked(rows * dimension)];
    private readonly float[] _second = new float[rows * dimension];
    private readonly int[] _steps = new int[rows];

    /// <inheritdoc/>
    public override void Update(int row, Span<float> values, ReadOnlySpan<float> gradient, float learningRate)
    {
        int step = Math.Min(_steps[row] + 1, Corrections.Length);
        _steps[row] = step;
        (float correction, float scale) = Corrections[step - 1];
        float rate = learningRate * correction;
        Span<float> first = _first.AsSpan(row * dimension, dimension);
        Span<float> second = _second.AsSpan(row * dimension, dimension);

        Span<Vector<float>> w = MemoryMarshal.Cast<float, Vector<float>>(values);
        ReadOnlySpan<Vector<float>> g = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        Span<Vector<float>> m = MemoryMarshal.Cast<float, Vector<float>>(first);
        Span<Vector<float>> v = MemoryMarshal.Cast<float, Vector<float>>(second);
        for (int i = 0; i < w.Length; i++)
        {
            m[i] = (Beta1 * m[i]) + ((1 - Beta1) * g[i]);
            v[i] = (Beta2 * v[i]) + ((1 - Beta2) * g[i] * g[i]);
            w[i] -= rate * m[i] / ((scale * Vector.SquareRoot(v[i])) + new Vector<float>(Epsilon));
        }

        for (int i = w.Length * Vector<float>.Count; i < values.Length; i++)
        {
            first[i] = (Beta1 * first[i]) + ((1 - Beta1) * gradient[i]);
            second[i] = (Beta2 * second[i]) + ((1 - Beta2) * gradient[i] * gradient[i]);
            values[i] -= rate * first[i] / ((scale * MathF.Sqrt(second[i])) + Epsilon);
        }
    }

    /// <inheritdoc/>
    public override void Save(CheckpointWriter writer)
    {
        writer.Write<float>("adam first moments", _first);
        writer.Write<float>("adam second moments", _second);
        writer.Write<int>("adam steps", _steps);
    }

    /// <inheritdoc/>
    public override void Load(CheckpointReader reader)
    {
        reader.Read<float>("adam first moments", _first);
        reader.Read<float>("adam second moments", _second);
        reader.Read<int>("adam steps", _steps);
    }
}
