using System.Diagnostics.CodeAnalysis;
using DinOrleans.Kernels;
using DinOrleans.Kernels.Cuda;
using DinOrleans.Kernels.Processors;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Ranking;

namespace DinOrleans.Grains.Scoring;

/// <summary>Scores by a hand-written kernel.</summary>
/// <param name="kernel">The kernel, which the scorer disposes.</param>
/// <param name="hasAttention">True if the model weighs behaviours by candidate.</param>
/// <param name="vectors">What the kernel computes with, for example "AVX2" or "CUDA".</param>
internal sealed class FusedScorer(IFusedKernel kernel, bool hasAttention, string vectors) : IScorer
{
    /// <inheritdoc/>
    public string Kernel { get; } = $"fused, {vectors}";

    /// <inheritdoc/>
    public bool HasAttention => hasAttention;

    /// <summary>Makes a scorer of a version.</summary>
    /// <param name="artifact">The version.</param>
    /// <param name="options">The settings of scoring.</param>
    /// <param name="scorer">The scorer.</param>
    /// <param name="reason">A sentence that says why the version has no fused form.</param>
    /// <param name="device">The number of the GPU. Only used where the accelerator is a GPU.</param>
    /// <returns>True if the version has a fused form.</returns>
    /// <exception cref="ArtifactException">Its parameters cannot be read.</exception>
    /// <exception cref="CudaException">The device has no room, is too old, or has no run-time compiler.</exception>
    public static bool TryLoad(
        Artifact artifact, ScoringOptions options, [NotNullWhen(true)] out FusedScorer? scorer, [NotNullWhen(false)] out string? reason, int device = 0)
    {
        scorer = null;
        if (!FusedForm.TryRead(artifact, out FusedForm? form, out reason))
        {
            return false;
        }

        if (options.Accelerator != Accelerator.Cuda)
        {
            scorer = new(ProcessorKernel.Create(form), form.HasAttention, InstructionSets.Name(InstructionSets.Widest));
            return true;
        }

        if (form is not FusedDinForm din)
        {
            reason = $"The model is {artifact.Manifest.Model}, and the fused kernels of GPUs score {Din.Name} only.";
            return false;
        }

        if (CudaDin.TryCreate(CudaDevice.Open(device), din, options.Precision == ScoringPrecision.Half) is not { } onGpu)
        {
            reason = "The version is too large for the kernels of GPUs, or it has crosses or several behaviour sequences, which they do not compute.";
            return false;
        }

        scorer = new(onGpu, din.HasAttention, "CUDA");
        return true;
    }

    /// <inheritdoc/>
    public void Score(ScoreBatch batch, bool attention)
    {
        bool withAttention = attention && hasAttention;
        if (withAttention)
        {
            batch.PrepareAttention();
        }

        kernel.Score(new FusedBatch
        {
            Requests = batch.Requests,
            HistoryLength = batch.HistoryLength,
            CandidateCount = batch.CandidateCount,
            HistoryLengths = batch.HistoryLengths,
            SequenceLengths = batch.SequenceLengths,
            CandidateCounts = batch.CandidateCounts,
            Behaviours = batch.Behaviours,
            Candidates = batch.Candidates,
            CandidateBias = batch.CandidateBias,
            Profile = batch.Profile,
            Context = batch.Context,
            Scores = batch.Scores,
            Attention = withAttention ? batch.Attention : [],
        });
    }

    /// <inheritdoc/>
    public void Dispose() => kernel.Dispose();
}
