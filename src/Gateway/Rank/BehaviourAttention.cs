namespace DinOrleans.Gateway.Rank;

/// <summary>The weight of one behaviour for one item.</summary>
/// <param name="ItemId">The behaviour's item.</param>
/// <param name="Timestamp">When the behaviour happened.</param>
/// <param name="Weight">The activation unit's weight. The weights need not sum to one.</param>
internal sealed record BehaviourAttention(string ItemId, DateTimeOffset Timestamp, float Weight);
