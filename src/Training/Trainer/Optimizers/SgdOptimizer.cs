using System.Numerics.Tensors;

namespace DinOrleans.Training.Trainer.Optimizers;

/// <summary>w ← w − η·g.</summary>
internal sealed class SgdOptimizer : RowOptimizer
{
    /// <inheritdoc/>
    public override void Update(int row, Span<float> values, ReadOnlySpan<float> gradient, float learningRate) =>
        TensorPrimitives.MultiplyAdd(gradient, -learningRate, values, values);
}
