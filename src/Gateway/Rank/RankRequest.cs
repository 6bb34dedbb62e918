using DinOrleans.Contracts.Users;
using DinOrleans.Gateway.Json;

namespace DinOrleans.Gateway.Rank;

/// <summary>Candidates to rank for a user.</summary>
/// <remarks>Settable, since the serializer fills settable members without an array of constructor arguments for each candidate.</remarks>
internal sealed class RankRequest
{
    /// <summary>1 to 200 characters; an unknown user has an empty history.</summary>
    public string? UserId { get; set; }

    /// <summary>1 to 1,000 items, each once.</summary>
    public List<Candidate>? Candidates { get; set; }

    /// <summary>Context feature values by name, for example "device" to "ios".</summary>
    public Dictionary<string, FeatureValue>? Context { get; set; }

    /// <summary>How many of the best to return, 1 to 1,000; all where left out.</summary>
    public int? Limit { get; set; }

    /// <summary>Also return each behaviour's attention weight for each returned item.</summary>
    public bool Explain { get; set; }

    /// <summary>For bulk scoring: rankings without it go first, so that this one delays them by one batch at most.</summary>
    public bool Background { get; set; }

    public RankQuery ToQuery()
    {
        string[] candidates = new string[Candidates?.Count ?? 0];
        for (int i = 0; i < candidates.Length; i++)
        {
            candidates[i] = Candidates![i].ItemId!;
        }

        return new RankQuery
        {
            Candidates = candidates,
            Context = Context.ToFeatures(),
            Limit = Limit,
            Explain = Explain,
            Background = Background,
        };
    }
}

/// <summary>One candidate.</summary>
internal struct Candidate
{
    /// <summary>1 to 200 characters; may be unknown to the catalogue.</summary>
    public string? ItemId { get; set; }
}
