using System.Numerics.Tensors;
using DinOrleans.Training.Checkpoints;

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
        // There is no state.
    }

    /// <inheritdoc/>
    public override void Load(CheckpointReader reader)
    {
        // There is no state.
    }
}
