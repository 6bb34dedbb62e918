using DinOrleans.Training.Checkpoints;

namespace DinOrleans.Training.Trainer.Optimizers;

/// <summary>
/// Updates only the rows that it is given, so that the cost of a step depends on the rows that a batch touches. A dense parameter is one row.
/// Several threads may update different rows at the same time.
/// </summary>
internal abstract class RowOptimizer
{
    /// <summary>Creates an optimizer whose rows have their initial state.</summary>
    public static RowOptimizer Create(OptimizerKind kind, int rows, int dimension) => kind switch
    {
        OptimizerKind.Sgd => new SgdOptimizer(),
        OptimizerKind.Adagrad => new AdagradOptimizer(rows, dimension),
        OptimizerKind.Adam => new AdamOptimizer(rows, dimension),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown optimizer."),
    };

    /// <summary>Moves a row against its gradient.</summary>
    /// <param name="row">The index of the row.</param>
    /// <param name="values">The weights of the row.</param>
    /// <param name="gradient">The gradient, as long as the weights.</param>
    /// <param name="learningRate">The learning rate, above 0.</param>
    public abstract void Update(int row, Span<float> values, ReadOnlySpan<float> gradient, float learningRate);

    /// <summary>Writes the state of every row.</summary>
    public abstract void Save(CheckpointWriter writer);

    /// <summary>Sets the state of every row to what <see cref="Save"/> wrote.</summary>
    public abstract void Load(CheckpointReader reader);
}
