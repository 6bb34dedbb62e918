namespace DinOrleans.Kernels;

/// <summary>Scores one version by code that was written for its model. Safe for concurrent use.</summary>
public interface IFusedKernel : IDisposable
{
    /// <summary>Scores a batch, filling its scores, and its attention where the batch has room for it and the model weighs behaviours.</summary>
    /// <param name="batch">The batch and the room for its result.</param>
    void Score(in FusedBatch batch);
}
