using DinOrleans.Model.Artifacts;

namespace DinOrleans.Grains.Scoring;

/// <summary>Makes the scorer of a version.</summary>
public static class Scorers
{
    private const string Configured = "Scoring:Kernel is";

    /// <summary>Makes the configured scorer on each configured device, or a scorer of ONNX Runtime where the kernel cannot score the version's model.</summary>
    /// <param name="artifact">The version.</param>
    /// <param name="options">The settings of scoring.</param>
    /// <exception cref="ArtifactException">No scorer can load the version's files.</exception>
    public static ChosenScorer Load(Artifact artifact, ScoringOptions options)
    {
        if (options.Accelerator != Accelerator.Cuda)
        {
            return options.Kernel == ScoringKernel.Auto ? Faster(artifact, options) : LoadOn(artifact, options, device: 0);
        }

        List<ChosenScorer> chosen = [];
        try
        {
            foreach (int device in options.DeviceNumbers)
            {
                chosen.Add(LoadOn(artifact, options, device));
            }
        }
        catch
        {
            chosen.ForEach(c => c.Dispose());
            throw;
        }

        return chosen is [ChosenScorer only] ? only : chosen[0] with { Scorer = new DeviceScorers([.. chosen.Select(c => c.Scorer)]) };
    }

    /// <summary>Makes the scorer of one device without a trial.</summary>
    private static ChosenScorer LoadOn(Artifact artifact, ScoringOptions options, int device)
    {
        if (options.Kernel == ScoringKernel.OnnxRuntime)
        {
            return new(OnnxScorer.Load(artifact.ScorerPath, artifact.Layout, options, device), $"{Configured} {options.Kernel}.");
        }

        return FusedScorer.TryLoad(artifact, options, out FusedScorer? fused, out string? reason, device)
            ? new(fused, $"{Configured} {options.Kernel}, and the version has a fused form.")
            : new(OnnxScorer.Load(artifact.ScorerPath, artifact.Layout, options, device), reason) { IsFallback = options.Kernel == ScoringKernel.Fused };
    }

    /// <exception cref="ArtifactException">The graph fails.</exception>
    private static IReadOnlyList<TrialTime> Trial(Artifact artifact, IScorer fused, IScorer onnx)
    {
        try
        {
            return ScorerTrial.Run(artifact, fused, onnx);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A graph may have other widths than its manifest says. Whatever the runtime throws then is a fault of the version.
            throw new ArtifactException(artifact.ScorerPath, "cannot be run: " + e.Message, e);
        }
    }

    /// <summary>Times the fused kernel and ONNX Runtime on this machine and keeps the faster one.</summary>
    private static ChosenScorer Faster(Artifact artifact, ScoringOptions options)
    {
        OnnxScorer onnx = OnnxScorer.Load(artifact.ScorerPath, artifact.Layout, options);
        FusedScorer? fused = null;
        try
        {
            if (!FusedScorer.TryLoad(artifact, options, out fused, out string? reason))
            {
                return new(onnx, reason);
            }

            IReadOnlyList<TrialTime> times = Trial(artifact, fused, onnx);
            (IScorer kept, IScorer slower) = ScorerTrial.IsFirstFaster(times, fused.Kernel) ? ((IScorer)fused, (IScorer)onnx) : (onnx, fused);
            slower.Dispose();
            return new(kept, $"It was the faster one when the version was loaded: {ScorerTrial.Describe(times, kept.Kernel)}, and {ScorerTrial.Describe(times, slower.Kernel)}.")
            {
                Trial = times,
            };
        }
        catch
        {
            onnx.Dispose();
            fused?.Dispose();
            throw;
        }
    }
}
