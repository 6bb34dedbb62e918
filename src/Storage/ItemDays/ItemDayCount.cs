namespace DinOrleans.Storage.ItemDays;

/// <summary>The number of events of one type on one item on one day.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Day">The day of the events' own times, in UTC.</param>
/// <param name="Type">The event type.</param>
/// <param name="Count">The number of events.</param>
public readonly record struct ItemDayCount(string ItemId, DateOnly Day, string Type, long Count);
