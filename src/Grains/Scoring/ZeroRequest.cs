using DinOrleans.Model.Artifacts;

namespace DinOrleans.Grains.Scoring;

/// <summary>Makes requests of vectors of zeros, which take as long to score as others.</summary>
internal static class ZeroRequest
{
    /// <summary>Makes a request.</summary>
    /// <param name="artifact">The version.</param>
    /// <param name="candidates">N, the number of candidates.</param>
    /// <param name="mostBehaviours">The most behaviours. Each sequence gets as many as its history may hold, the main one first.</param>
    public static ScoreRequest Create(Artifact artifact, int candidates, int mostBehaviours = int.MaxValue)
    {
        int left = mostBehaviours;
        var lengths = new List<int>();
        foreach (int longest in artifact.Manifest.Schema.AllSequences.Select(s => s.MaxLength))
        {
            lengths.Add(Math.Min(left, longest));
            left -= lengths[^1];
        }

        int history = lengths.Sum();
        return new ScoreRequest
        {
            ModelVersion = artifact.Manifest.Version,
            Behaviours = new(new float[history * artifact.Layout.ItemWidth]),
            Candidates = new(new float[candidates * artifact.Layout.ItemWidth]),
            CandidateBias = new(new float[candidates]),
            Profile = new(new float[artifact.Layout.ProfileWidth]),
            Context = new(new float[artifact.Layout.ContextWidth]),
            HistoryLength = history,
            SequenceLengths = [.. lengths.Skip(1)],
            CandidateCount = candidates,
        };
    }
}
