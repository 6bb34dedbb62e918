using System.Text.Json.Serialization;

namespace DinOrleans.Client;

/// <summary>Candidates to rank for a user.</summary>
public sealed record RankRequest
{
    /// <summary>The user, 1 to 200 characters. A user who was never seen is ranked with an empty history.</summary>
    public required string UserId { get; init; }

    /// <summary>The items to rank, 1 to 1,000, each once. Their order does not matter.</summary>
    public required IReadOnlyList<Candidate> Candidates { get; init; }

    /// <summary>The values of the schema's context features by name; null for none.</summary>
    public IReadOnlyDictionary<string, string>? Context { get; init; }

    /// <summary>The number of items to return, the best first, 1 to 1,000. All items are returned where it is null.</summary>
    public int? Limit { get; init; }

    /// <summary>True to also return the attention weight of each behaviour for each returned item.</summary>
    public bool Explain { get; init; }

    /// <summary>True for bulk scoring. Other rankings go first, and this one delays them by one batch at most.</summary>
    public bool Background { get; init; }

    /// <summary>
    /// How long the ranking is of use, 1 ms to 1 minute. The server gives up then, and the request is not sent again after that. Null for no limit.
    /// </summary>
    [JsonIgnore]
    public TimeSpan? Deadline { get; init; }

    /// <summary>
    /// The arm of an experiment that is to answer; null for the user's own. It needs the scope <c>experiments</c>, or a server that asks for no keys and
    /// allows it.
    /// </summary>
    [JsonIgnore]
    public ExperimentArmName? Override { get; init; }

    /// <summary>Makes a request for item ids.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="itemIds">The items to rank.</param>
    public static RankRequest Create(string userId, IEnumerable<string> itemIds) =>
        new() { UserId = userId, Candidates = [.. itemIds.Select(id => new Candidate(id))] };
}

/// <summary>One candidate.</summary>
/// <param name="ItemId">The item, 1 to 200 characters. The catalogue need not have it.</param>
public sealed record Candidate(string ItemId);

/// <summary>An arm of an experiment.</summary>
/// <param name="Experiment">The name of the experiment.</param>
/// <param name="Arm">The name of the arm.</param>
public sealed record ExperimentArmName(string Experiment, string Arm);
