namespace DinOrleans.Client;

/// <summary>The events on an item on one day.</summary>
/// <param name="Day">The day in UTC, by the events' own times.</param>
/// <param name="Events">The number of events by their type.</param>
public sealed record ItemDay(DateOnly Day, IReadOnlyDictionary<string, long> Events);

/// <summary>The answer to <c>GET /v1/items/{itemId}/days</c>.</summary>
internal sealed record ItemDays(IReadOnlyList<ItemDay> Days);
