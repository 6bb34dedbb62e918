using DinOrleans.Grains.Scoring;
using DinOrleans.Model.Artifacts;

namespace DinOrleans.Grains.Models;

/// <summary>The stored sample of a version as a request that a scorer takes.</summary>
public static class SampleRequest
{
    /// <summary>Represents the sample through the version's own vocabularies, scalers and tables, as a ranking is.</summary>
    public static ScoreRequest Create(Artifact artifact)
    {
        StoredSampleVectors vectors = StoredSampleVectors.Represent(artifact);
        StoredSample sample = artifact.StoredSample;
        return new ScoreRequest
        {
            ModelVersion = artifact.Manifest.Version,
            Behaviours = new(vectors.Behaviours),
            Candidates = new(vectors.Candidates),
            CandidateBias = new(vectors.CandidateBias),
            Profile = new(vectors.Profile),
            Context = new(vectors.Context),
            HistoryLength = sample.Behaviours.Count,
            SequenceLengths = [.. sample.SequenceLengths],
            CandidateCount = sample.Candidates.Count,
        };
    }
}
