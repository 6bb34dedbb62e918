using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Users;
using DinOrleans.Gateway.Json;

namespace DinOrleans.Gateway.Rank;

/// <summary>Candidates to rank for a user.</summary>
/// <remarks>The members are settable, because the serializer fills them without an array of constructor arguments for each object.</remarks>
internal sealed class RankRequest
{
    /// <summary>The user, 1 to 200 characters. An unknown user has an empty history.</summary>
    [Required, StringLength(InputLimits.IdLength, MinimumLength = 1)]
    public string? UserId { get; set; }

    /// <summary>The items to rank, 1 to 1,000, each once.</summary>
    [Required, MinLength(1), MaxLength(InputLimits.Candidates)]
    public List<Candidate>? Candidates { get; set; }

    /// <summary>The values of context features by name, for example "device": "ios".</summary>
    public Dictionary<string, FeatureValue>? Context { get; set; }

    /// <summary>The number of items to return, the best first, 1 to 1,000. All items are returned where it is left out.</summary>
    [Range(1, InputLimits.Candidates)]
    public int? Limit { get; set; }

    /// <summary>True to also return the attention weight of each behaviour for each returned item.</summary>
    [DefaultValue(false)]
    public bool Explain { get; set; }

    /// <summary>True for bulk scoring. Other rankings go first, and this one delays them by one batch at most.</summary>
    [DefaultValue(false)]
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
    /// <summary>The item, 1 to 200 characters. The catalogue need not have it.</summary>
    public string? ItemId { get; set; }
}
