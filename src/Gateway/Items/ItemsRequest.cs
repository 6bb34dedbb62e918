using DinOrleans.Contracts.Items;
using DinOrleans.Gateway.Json;

namespace DinOrleans.Gateway.Items;

/// <summary>Items to add or replace.</summary>
internal sealed class ItemsRequest
{
    /// <summary>The items, 1 to 1,000, each once.</summary>
    public List<ItemRequest?>? Items { get; set; }

    public Item[] ToItems() => [.. (Items ?? []).Select(item => new Item(item?.ItemId!, (item?.Features).ToFeatures()))];
}

/// <summary>One item.</summary>
internal sealed class ItemRequest
{
    /// <summary>The id of the item, 1 to 200 characters.</summary>
    public string? ItemId { get; set; }

    /// <summary>The values of the item's features by name, for example "category": "c7".</summary>
    public Dictionary<string, FeatureValue>? Features { get; set; }
}

/// <summary>What was done with the items.</summary>
/// <param name="Accepted">The number of items that were written.</param>
internal sealed record ItemsResponse(int Accepted);
