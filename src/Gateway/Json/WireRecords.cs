using System.Text.Json;

namespace DinOrleans.Gateway.Json;

/// <summary>A request to rank candidates.</summary>
public sealed class RankRequest
{
    /// <summary>1 to 200 characters; one never seen ranks with an empty history.</summary>
    public string? UserId { get; init; }

    /// <summary>1 to 1,000 items, each once.</summary>
    public List<CandidateBody>? Candidates { get; init; }

    /// <summary>Context features of the schema: strings or numbers.</summary>
    public Dictionary<string, JsonElement>? Context { get; init; }

    /// <summary>How many of the best to return; all where it is left out.</summary>
    public int? Limit { get; init; }

    /// <summary>Also return the weight of each behaviour for each returned item.</summary>
    public bool Explain { get; init; }
}

/// <summary>A candidate.</summary>
public readonly struct CandidateBody
{
    public string? ItemId { get; init; }
}

/// <summary>Candidates in descending order of score.</summary>
/// <param name="RankingId">Send it with the events that follow from this ranking.</param>
/// <param name="Model">The version that scored; left out where the source is popularity.</param>
/// <param name="Source">"model" or "popularity".</param>
/// <param name="HistoryLength">Behaviours that the model attended to.</param>
/// <param name="Items">Best first.</param>
public sealed record RankResponse(string RankingId, ModelBody? Model, string Source, int HistoryLength, IReadOnlyList<RankedItemBody> Items);

/// <summary>A model version in an answer.</summary>
/// <param name="Version">The version.</param>
/// <param name="Variant">"champion".</param>
public sealed record ModelBody(string Version, string Variant);

/// <summary>A ranked item.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Score">0..1; the items are in descending order of it.</param>
/// <param name="Scores">Probability of each task.</param>
/// <param name="UnknownItem">True where the catalogue does not have the item; left out otherwise.</param>
/// <param name="Attention">Weight of each behaviour, oldest first; left out unless asked for.</param>
public sealed record RankedItemBody(
    string ItemId, float Score, IReadOnlyDictionary<string, float> Scores, bool? UnknownItem, IReadOnlyList<AttentionBody>? Attention);

/// <summary>What a behaviour weighed.</summary>
public sealed record AttentionBody(string ItemId, DateTimeOffset Timestamp, float Weight);

/// <summary>Behaviours to append.</summary>
public sealed class EventsRequest
{
    /// <summary>1 to 1,000 events, of one or more users.</summary>
    public List<EventBody>? Events { get; init; }
}

/// <summary>A behaviour.</summary>
public sealed class EventBody
{
    /// <summary>1 to 200 characters; applied once a user, however often it is sent.</summary>
    public string? EventId { get; init; }

    public string? UserId { get; init; }

    public string? ItemId { get; init; }

    /// <summary>An event type of the schema.</summary>
    public string? Type { get; init; }

    /// <summary>RFC 3339, with its offset.</summary>
    public string? Timestamp { get; init; }

    /// <summary>The ranking that showed the item, where there was one.</summary>
    public string? RankingId { get; init; }

    public Dictionary<string, JsonElement>? Context { get; init; }
}

/// <summary>What became of the events.</summary>
public sealed record EventsResponse(int Accepted, int Duplicates);

/// <summary>Items to add or replace.</summary>
public sealed class ItemsRequest
{
    /// <summary>1 to 1,000 items, each once; all are written or none.</summary>
    public List<ItemBody>? Items { get; init; }
}

/// <summary>An item of the catalogue.</summary>
public sealed class ItemBody
{
    public string? ItemId { get; init; }

    /// <summary>Item features of the schema: strings or numbers.</summary>
    public Dictionary<string, JsonElement>? Features { get; init; }
}

/// <summary>How many items were written.</summary>
public sealed record ItemsResponse(int Written);

/// <summary>A profile.</summary>
public sealed class ProfileRequest
{
    /// <summary>User features of the schema: strings or numbers.</summary>
    public Dictionary<string, JsonElement>? Features { get; init; }
}

/// <summary>Everything held about a user.</summary>
public sealed record UserResponse(string UserId, IReadOnlyDictionary<string, string> Features, IReadOnlyList<BehaviourBody> Behaviours);

/// <summary>A behaviour as it is held.</summary>
public sealed record BehaviourBody(
    string EventId, string ItemId, string Type, DateTimeOffset Timestamp, string? RankingId, IReadOnlyDictionary<string, string>? Context);

/// <summary>The versions and who serves what.</summary>
public sealed record ModelsResponse(string? Active, string? Target, string? Retiring, IReadOnlyList<VersionBody> Versions, IReadOnlyList<SiloBody> Silos);

/// <summary>A published version.</summary>
public sealed record VersionBody(
    string Version, string Kind, DateTimeOffset PublishedAt, IReadOnlyDictionary<string, double> Metrics, string? RefusedBecause);

/// <summary>What a silo has loaded.</summary>
public sealed record SiloBody(string Silo, string? Serving, IReadOnlyList<string> Loaded);

/// <summary>Whether the service can answer.</summary>
public sealed record HealthResponse(string Status, string? Source);

/// <summary>RFC 9457 problem details.</summary>
/// <param name="Type">A URI that names the kind of problem.</param>
/// <param name="Title">The kind in words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What went wrong this time.</param>
/// <param name="Errors">Every broken rule; left out where the input was not at fault.</param>
public sealed record ProblemBody(string Type, string Title, int Status, string? Detail, IReadOnlyList<FieldError>? Errors);

/// <summary>A broken rule.</summary>
/// <param name="Field">JSON path of the field.</param>
/// <param name="Rule">The rule in words.</param>
public sealed record FieldError(string Field, string Rule);
