using DinOrleans.Model.Artifacts;

namespace DinOrleans.Grains.Scoring;

/// <summary>Makes the scorer of a version.</summary>
public static class Scorers
{
    /// <summary>Makes the configured scorer on each configured device, or a scorer of ONNX Runtime where the kernel cannot score the version's model.</summary>
    /// <param name="artifact">The version.</param>
    /// <param name="options">The settings of scoring.</param>
    /// <exception cref="ArtifactException">No scorer can load the version's files.</exception>
    public static IScorer Load(Artifact artifact, ScoringOptions options)
    {
        if (options.Accelerator != Accelerator.Cuda)
        {
            IScorer? fused = options.Kernel == ScoringKernel.Fused ? FusedScorer.TryLoad(artifact, options) : null;
            return fused ?? OnnxScorer.Load(artifact.ScorerPath, artifact.Layout, options);
        }

        List<IScorer> scorers = [];
        try
        {
            foreach (int device in options.DeviceNumbers)
            {
                IScorer? fused = options.Kernel != ScoringKernel.OnnxRuntime ? FusedScorer.TryLoad(artifact, options, device) : null;
                scorers.Add(fused ?? OnnxScorer.Load(artifact.ScorerPath, artifact.Layout, options, device));
            }
        }
        catch
        {
            scorers.ForEach(s => s.Dispose());
            throw;
        }

        return scorers is [IScorer only] ? only : new DeviceScorers(scorers);
    }
}
