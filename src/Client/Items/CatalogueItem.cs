namespace DinOrleans.Client;

/// <summary>An item of the catalogue.</summary>
/// <param name="ItemId">The id of the item, 1 to 200 characters.</param>
/// <param name="Features">The values of the item's features by name, for example "category": "c7".</param>
public sealed record CatalogueItem(string ItemId, IReadOnlyDictionary<string, string> Features)
{
    /// <summary>False for an item that rankings leave out, for example because it is sold out. It stays in histories and in training. Default true.</summary>
    public bool Available { get; init; } = true;

    /// <summary>Rankings leave the item out before this time, to the second; null for no such time.</summary>
    public DateTimeOffset? AvailableFrom { get; init; }

    /// <summary>Rankings leave the item out from this time on, to the second; null for no such time.</summary>
    public DateTimeOffset? AvailableUntil { get; init; }
}

/// <summary>The body of <c>PUT /v1/items</c>.</summary>
internal sealed record ItemsBody(IReadOnlyList<CatalogueItem> Items);

/// <summary>The answer to <c>PUT /v1/items</c>.</summary>
internal sealed record PutItems(long Accepted);
