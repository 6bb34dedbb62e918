using System.Numerics.Tensors;
using DinOrleans.Training.Trainer.Checkpoints;

namespace DinOrleans.Training.Trainer.Optimizers;

/// <summary>w ← w − η·g.</summary>
internal sealed class SgdOptimizer : RowOptimizer
{
    /// <inheritdoc/>
    public override void Update(int row, Span<float> values, ReadOnlySpan<float> gradient, float learningRate) =>
        TensorPrimitives.MultiplyAdd(gradient, -learningRate, values, values);

    /// <inheritdoc/>
    public override void Save(CheckpointWriter writer)
    {
        // Has no state.
    }

    /// <inheritdoc/>
    public override void Load(CheckpointReader reader)
    {
        // Has no state.
    }
}
