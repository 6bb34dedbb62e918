using DinOrleans.Kernels;
using DinOrleans.Kernels.Cuda;
using DinOrleans.Model.Artifacts;

namespace DinOrleans.Grains.Scoring;

/// <summary>Scores DIN on a GPU by the fused kernels.</summary>
internal sealed class CudaDinScorer : IScorer
{
    private readonly CudaDin _din;

    private CudaDinScorer(CudaDin din) => _din = din;

    /// <inheritdoc/>
    public bool HasAttention => true;

    /// <summary>A scorer for a version.</summary>
    /// <param name="artifact">The version.</param>
    /// <param name="options">How to score.</param>
    /// <param name="device">Number of the GPU.</param>
    /// <returns>Null if the version has no fused form.</returns>
    /// <exception cref="ArtifactException">Its parameters cannot be read.</exception>
    /// <exception cref="CudaException">The device has no room, is too old, or has no run-time compiler.</exception>
    public static CudaDinScorer? TryLoad(Artifact artifact, ScoringOptions options, int device) =>
        FusedDinForm.TryRead(artifact) is { } form && CudaDin.TryCreate(CudaDevice.Open(device), form, options.Precision == ScoringPrecision.Half) is { } din
            ? new(din)
            : null;

    /// <inheritdoc/>
    public void Score(ScoreBatch batch, bool attention)
    {
        if (attention)
        {
            batch.PrepareAttention();
        }

        _din.Score(new DinBatch
        {
            Requests = batch.Requests,
            HistoryLength = batch.HistoryLength,
            CandidateCount = batch.CandidateCount,
            HistoryLengths = batch.HistoryLengths,
            CandidateCounts = batch.CandidateCounts,
            Behaviours = batch.Behaviours,
            Candidates = batch.Candidates,
            CandidateBias = batch.CandidateBias,
            Profile = batch.Profile,
            Context = batch.Context,
            Scores = batch.Scores,
            Attention = attention ? batch.Attention : [],
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _din.Dispose();
}
