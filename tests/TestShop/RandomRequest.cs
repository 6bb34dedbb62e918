using DinOrleans.Grains.Scoring;
using DinOrleans.Model.Ranking;

namespace DinOrleans.TestShop;

/// <summary>Makes score requests of random vectors.</summary>
public static class RandomRequest
{
    /// <summary>Makes a request whose numbers are uniform in ±0.5.</summary>
    /// <param name="layout">The widths of the vectors.</param>
    /// <param name="candidates">N, the number of candidates.</param>
    /// <param name="history">H, the number of behaviours.</param>
    /// <param name="seed">Decides the numbers.</param>
    /// <param name="version">The version that the request is for.</param>
    /// <param name="explain">True to ask for attention weights.</param>
    public static ScoreRequest Create(ScoreLayout layout, int candidates, int history, int seed, string version = "v1", bool explain = false)
    {
        var random = new Random(seed);
        FloatBlock Numbers(int count) => new([.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)]);
        return new()
        {
            ModelVersion = version,
            Behaviours = Numbers(history * layout.ItemWidth),
            Candidates = Numbers(candidates * layout.ItemWidth),
            CandidateBias = Numbers(candidates),
            Profile = Numbers(layout.ProfileWidth),
            Context = Numbers(layout.ContextWidth),
            HistoryLength = history,
            CandidateCount = candidates,
            Explain = explain,
        };
    }
}
