using DinOrleans.Grains.Scoring.Fused;
using DinOrleans.Model.Artifacts;

namespace DinOrleans.Grains.Scoring;

/// <summary>Makes the scorer of a version.</summary>
public static class Scorers
{
    /// <summary>The configured one, or ONNX Runtime's where that has no form of the version's model.</summary>
    /// <exception cref="ArtifactException">The version's files are not what a scorer takes.</exception>
    public static IScorer Load(Artifact artifact, ScoringOptions options)
    {
        IScorer? fused = options.Kernel == ScoringKernel.Fused ? FusedDinScorer.TryLoad(artifact) : null;
        return fused ?? OnnxScorer.Load(artifact.ScorerPath, artifact.Layout, options);
    }
}
