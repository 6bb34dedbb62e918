using Orleans.CodeGeneration;

namespace DinOrleans.Contracts.Items;

/// <summary>Finds items of the catalogue. Its key is 0.</summary>
[Alias("DinOrleans.IItemSearchGrain"), Version(1)]
public interface IItemSearchGrain : IGrainWithIntegerKey
{
    /// <summary>Finds items by the beginnings of their ids, by the value of a feature, or by both.</summary>
    /// <exception cref="InvalidInputException">The search breaks a rule.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read now. Try again.</exception>
    [Alias("Find"), ResponseTimeout(CallDeadlines.Usual)]
    Task<ItemPage> FindAsync(ItemSearch search, CancellationToken cancellationToken = default);

    /// <summary>Reads items by their ids. Those that the catalogue does not have are left out.</summary>
    /// <param name="itemIds">The ids, 1 to <see cref="InputLimits.SearchRows"/>.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="InvalidInputException">There are too many ids, or one breaks a rule.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read now. Try again.</exception>
    [Alias("Get"), ResponseTimeout(CallDeadlines.Usual)]
    Task<IReadOnlyList<Item>> GetAsync([Immutable] IReadOnlyList<string> itemIds, CancellationToken cancellationToken = default);
}

/// <summary>Selects a page of items.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.ItemSearch")]
public sealed record ItemSearch
{
    /// <summary>The beginning of the ids, at most 200 characters. Empty for all items.</summary>
    [Id(0)]
    public string Prefix { get; init; } = "";

    /// <summary>A feature of items that is not a number. Null to search by id alone.</summary>
    [Id(1)]
    public string? Feature { get; init; }

    /// <summary>The value that the feature must have. Null if and only if <see cref="Feature"/> is.</summary>
    [Id(2)]
    public string? Value { get; init; }

    /// <summary><see cref="ItemPage.Next"/> of the page before. Null for the first page.</summary>
    [Id(3)]
    public string? After { get; init; }

    /// <summary>The most items on the page, 1 to <see cref="InputLimits.SearchRows"/>.</summary>
    [Id(4)]
    public int Limit { get; init; } = 20;
}

/// <summary>One page of items.</summary>
/// <param name="Items">The items in ascending order of their ids.</param>
/// <param name="Next">The place where the next page starts. Null where this is the last page.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.ItemPage")]
public sealed record ItemPage([property: Id(0)] IReadOnlyList<Item> Items, [property: Id(1)] string? Next);
