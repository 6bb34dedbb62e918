using DinOrleans.Training.Trainer.Checkpoints;

namespace DinOrleans.Training.Trainer.Optimizers;

/// <summary>How weights follow gradients.</summary>
public enum OptimizerKind
{
    /// <summary>Stochastic gradient descent.</summary>
    Sgd,

    /// <summary>Steps shrink with the sum of squared gradients (Duchi et al., 2011).</summary>
    Adagrad,

    /// <summary>Adaptive moments (Kingma and Ba, 2015), β₁ = 0.9, β₂ = 0.999.</summary>
    Adam,
}

/// <summary>
/// Updates the rows it is given and no others, so that a step costs what a batch touches. A dense parameter is one row.
/// Different rows may be updated at once.
/// </summary>
internal abstract class RowOptimizer
{
    /// <summary>Makes an optimizer with the state of every row at its start.</summary>
    public static RowOptimizer Create(OptimizerKind kind, int rows, int dimension) => kind switch
    {
        OptimizerKind.Sgd => new SgdOptimizer(),
        OptimizerKind.Adagrad => new AdagradOptimizer(rows, dimension),
        OptimizerKind.Adam => new AdamOptimizer(rows, dimension),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown optimizer."),
    };

    /// <summary>Moves a row against its gradient.</summary>
    /// <param name="row">Its index.</param>
    /// <param name="values">Its weights.</param>
    /// <param name="gradient">As long as the weights.</param>
    /// <param name="learningRate">Above 0.</param>
    public abstract void Update(int row, Span<float> values, ReadOnlySpan<float> gradient, float learningRate);

    /// <summary>Writes the state of every row.</summary>
    public abstract void Save(CheckpointWriter writer);

    /// <summary>Sets the state of every row to what <see cref="Save"/> wrote.</summary>
    public abstract void Load(CheckpointReader reader);
}
