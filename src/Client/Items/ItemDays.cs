namespace DinOrleans.Client;

/// <summary>How many events an item had per day.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Days">The days in their order. Days without events are left out, and an item without events has none.</param>
public sealed record ItemDays(string ItemId, IReadOnlyList<ItemDay> Days);

/// <summary>The events on an item on one day.</summary>
/// <param name="Day">The day in UTC, by the events' own times.</param>
/// <param name="Events">The number of events by their type.</param>
public sealed record ItemDay(DateOnly Day, IReadOnlyDictionary<string, long> Events);
