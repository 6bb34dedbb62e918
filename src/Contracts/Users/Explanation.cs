namespace DinOrleans.Contracts.Users;

/// <summary>How much each of the user's H behaviours weighed for each of the n items of a ranking.</summary>
/// <param name="History">The behaviours, [H]: the main sequence and then each other one, oldest first in each.</param>
/// <param name="Weights">
/// The attention weights, [n, H]: one row per item in the order of <see cref="Ranking.Items"/>, one column per behaviour. The weights of an item
/// need not sum to one.
/// </param>
[GenerateSerializer, Immutable, Alias("DinOrleans.Explanation")]
public sealed record Explanation(
    [property: Id(0)] IReadOnlyList<AttendedBehaviour> History,
    [property: Id(1)] ReadOnlyMemory<float> Weights)
{
    /// <summary>Returns the weights of one item, [H].</summary>
    /// <param name="item">The item's index in <see cref="Ranking.Items"/>.</param>
    public ReadOnlySpan<float> WeightsOf(int item) => Weights.Span.Slice(item * History.Count, History.Count);
}

/// <summary>One behaviour that a model weighed.</summary>
/// <param name="ItemId">The behaviour's item.</param>
/// <param name="Timestamp">When it happened.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.AttendedBehaviour")]
public readonly record struct AttendedBehaviour([property: Id(0)] string ItemId, [property: Id(1)] DateTimeOffset Timestamp);
