using Orleans.CodeGeneration;

namespace DinOrleans.Contracts.Items;

/// <summary>
/// Knows the items with the most behaviours. Its key is 0. It counts the whole log in the background, and only after somebody has asked, so that
/// answers come from memory and a cluster in which nobody asks counts nothing.
/// </summary>
[Alias("DinOrleans.IPopularItemsGrain"), Version(1)]
public interface IPopularItemsGrain : IGrainWithIntegerKey
{
    /// <summary>Returns the most popular items, most behaviours first, as they were at the last count.</summary>
    /// <exception cref="InvalidInputException">The query breaks a rule.</exception>
    /// <exception cref="StoreUnavailableException">Nothing was counted yet, and the store cannot be read now. Try again.</exception>
    [Alias("Get"), ResponseTimeout(CallDeadlines.Usual)]
    Task<PopularItems> GetAsync(PopularItemsQuery query, CancellationToken cancellationToken = default);
}

/// <summary>Selects popular items.</summary>
/// <param name="Feature">A feature of items that is not a number. Null for all items.</param>
/// <param name="Value">The value that the feature must have. Null if and only if <paramref name="Feature"/> is.</param>
/// <param name="Limit">The most items, 1 to <see cref="InputLimits.SearchRows"/>.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.PopularItemsQuery")]
public sealed record PopularItemsQuery([property: Id(0)] string? Feature = null, [property: Id(1)] string? Value = null, [property: Id(2)] int Limit = 20);

/// <summary>Popular items.</summary>
/// <param name="Items">The items, most behaviours first.</param>
/// <param name="CountedAt">When they were counted. Null while the first count is under way.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.PopularItems")]
public sealed record PopularItems([property: Id(0)] IReadOnlyList<PopularItem> Items, [property: Id(1)] DateTimeOffset? CountedAt);

/// <summary>A popular item.</summary>
/// <param name="Item">The item.</param>
/// <param name="Events">The number of events of the main behaviour sequence on it.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.PopularItem")]
public sealed record PopularItem([property: Id(0)] Item Item, [property: Id(1)] long Events);
