using DinOrleans.Kernels;
using DinOrleans.Kernels.Cuda;
using DinOrleans.Kernels.Processors;
using DinOrleans.Model.Artifacts;

namespace DinOrleans.Grains.Scoring;

/// <summary>Scores DIN by a hand-written kernel.</summary>
/// <param name="kernel">The kernel, which the scorer disposes.</param>
internal sealed class FusedScorer(IDinKernel kernel) : IScorer
{
    /// <inheritdoc/>
    public bool HasAttention => true;

    /// <summary>Makes a scorer of a version.</summary>
    /// <param name="artifact">The version.</param>
    /// <param name="options">The settings of scoring.</param>
    /// <param name="device">The number of the GPU. Only used where the accelerator is a GPU.</param>
    /// <returns>Null if the version has no fused form.</returns>
    /// <exception cref="ArtifactException">Its parameters cannot be read.</exception>
    /// <exception cref="CudaException">The device has no room, is too old, or has no run-time compiler.</exception>
    public static FusedScorer? TryLoad(Artifact artifact, ScoringOptions options, int device = 0)
    {
        if (FusedDinForm.TryRead(artifact) is not { } form)
        {
            return null;
        }

        if (options.Accelerator != Accelerator.Cuda)
        {
            return new(new ProcessorDin(form));
        }

        CudaDin? onGpu = CudaDin.TryCreate(CudaDevice.Open(device), form, options.Precision == ScoringPrecision.Half);
        return onGpu is null ? null : new(onGpu);
    }

    /// <inheritdoc/>
    public void Score(ScoreBatch batch, bool attention)
    {
        if (attention)
        {
            batch.PrepareAttention();
        }

        kernel.Score(new DinBatch
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
    public void Dispose() => kernel.Dispose();
}
