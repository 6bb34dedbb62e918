namespace DinOrleans.RankOverRest;

/// <summary>The body of <c>POST /v1/rank</c>.</summary>
/// <param name="UserId">The user to rank for. A user who was never seen has an empty history.</param>
/// <param name="Candidates">The items to rank, 1 to 1,000, each once.</param>
/// <param name="Context">Values of the shop's context features; null for none.</param>
/// <param name="Limit">How many of the best items to return; null for all.</param>
public sealed record RankRequest(string UserId, IReadOnlyList<Candidate> Candidates, IReadOnlyDictionary<string, string>? Context = null, int? Limit = null);

/// <summary>An item to rank.</summary>
public sealed record Candidate(string ItemId);

/// <summary>The answer to a ranking.</summary>
/// <param name="RankingId">Names the ranking. Send it with the events that follow from it.</param>
/// <param name="Model">The version that scored; null where the source is popularity.</param>
/// <param name="Source">"model", or "popularity" before any version is active.</param>
/// <param name="HistoryLength">How many behaviours of the user the model used.</param>
/// <param name="Items">The ranked items, best first.</param>
public sealed record RankResponse(string RankingId, ModelReference? Model, string Source, int HistoryLength, IReadOnlyList<RankedItem> Items);

/// <summary>The version that scored a ranking.</summary>
/// <param name="Version">The name of the version.</param>
/// <param name="Variant">The part that the version has, such as "champion".</param>
/// <param name="ScoresAreProbabilities">True where a score is a probability; false where scores only order the items.</param>
public sealed record ModelReference(string Version, string Variant, bool ScoresAreProbabilities);

/// <summary>A ranked item.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Score">The score that the order follows.</param>
/// <param name="Scores">The score of each task by its name, such as "click".</param>
/// <param name="UnknownItem">True where the catalogue does not have the item.</param>
public sealed record RankedItem(string ItemId, float Score, IReadOnlyDictionary<string, float> Scores, bool UnknownItem = false);

/// <summary>The body of <c>POST /v1/events</c>.</summary>
/// <param name="Events">The events to append, 1 to 1,000.</param>
public sealed record EventsRequest(IReadOnlyList<UserEvent> Events);

/// <summary>One action of a user.</summary>
/// <param name="EventId">A name for the event. It is applied once per user, however often it is sent.</param>
/// <param name="UserId">The user.</param>
/// <param name="ItemId">The item.</param>
/// <param name="Type">An event type of the shop's schema, such as "click".</param>
/// <param name="Timestamp">When it happened.</param>
/// <param name="RankingId">The ranking that showed the item; null where none did.</param>
public sealed record UserEvent(string EventId, string UserId, string ItemId, string Type, DateTimeOffset Timestamp, string? RankingId = null);

/// <summary>The answer to events.</summary>
/// <param name="Accepted">How many events were applied now.</param>
/// <param name="Duplicates">How many had been applied before.</param>
/// <param name="Erased">How many were dropped because their user was erased since.</param>
public sealed record EventsResponse(int Accepted, int Duplicates, int Erased);

/// <summary>Problem details, which every error of the API has as its body.</summary>
/// <param name="Title">The status in words.</param>
/// <param name="Status">The status code.</param>
/// <param name="Detail">What went wrong; null where the status says it all.</param>
/// <param name="Errors">The fields of the request that break a rule.</param>
public sealed record Problem(string Title, int Status, string? Detail, IReadOnlyList<BrokenRule> Errors);

/// <summary>A rule that a field of the request breaks.</summary>
public sealed record BrokenRule(string Field, string Rule);
