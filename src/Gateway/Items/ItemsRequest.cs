using DinOrleans.Contracts.Items;
using DinOrleans.Gateway.Json;

namespace DinOrleans.Gateway.Items;

/// <summary>Items to add or replace.</summary>
internal sealed class ItemsRequest
{
    /// <summary>1 to 1,000 items, each once.</summary>
    public List<ItemRequest?>? Items { get; set; }

    public Item[] ToItems() => [.. (Items ?? []).Select(item => new Item(item?.ItemId!, (item?.Features).ToFeatures()))];
}

/// <summary>One item.</summary>
internal sealed class ItemRequest
{
    /// <summary>1 to 200 characters.</summary>
    public string? ItemId { get; set; }

    /// <summary>Feature values by name, for example "category" to "c7".</summary>
    public Dictionary<string, FeatureValue>? Features { get; set; }
}

/// <summary>What became of the items.</summary>
/// <param name="Accepted">How many were written.</param>
internal sealed record ItemsResponse(int Accepted);
