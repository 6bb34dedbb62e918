using DinOrleans.Grains.Scoring;
using DinOrleans.Model.Artifacts;

namespace DinOrleans.Grains.Models;

/// <summary>Makes a scoring request of the stored sample of a version.</summary>
public static class SampleRequest
{
    /// <summary>Represents the sample by the version's own vocabularies, scalers and tables, in the same way as a ranking.</summary>
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
