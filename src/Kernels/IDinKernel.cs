namespace DinOrleans.Kernels;

/// <summary>Scores one version of DIN. Safe for concurrent use.</summary>
public interface IDinKernel : IDisposable
{
    /// <summary>Scores a batch, filling its scores, and its attention where the batch has room for it.</summary>
    /// <param name="batch">The batch and the room for its result.</param>
    void Score(in DinBatch batch);
}
