using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Items;
using DinOrleans.Gateway.Json;

namespace DinOrleans.Gateway.Items;

/// <summary>Items to add or replace.</summary>
internal sealed class ItemsRequest
{
    /// <summary>The items, 1 to 1,000, each once.</summary>
    [Required, MinLength(1), MaxLength(InputLimits.Items)]
    public List<ItemRequest?>? Items { get; set; }

    public Item[] ToItems() => [.. (Items ?? []).Select(item => (item ?? new()).ToItem())];
}

/// <summary>One item.</summary>
internal sealed class ItemRequest
{
    /// <summary>The id of the item, 1 to 200 characters.</summary>
    [Required, StringLength(InputLimits.IdLength, MinimumLength = 1)]
    public string? ItemId { get; set; }

    /// <summary>The values of the item's features by name, for example "category": "c7".</summary>
    public Dictionary<string, FeatureValue>? Features { get; set; }

    /// <summary>False for an item that rankings leave out, for example because it is sold out. True where it is left out.</summary>
    [DefaultValue(true)]
    public bool? Available { get; set; }

    /// <summary>Rankings leave the item out before this time, as in RFC 3339 with an offset, to the second.</summary>
    public DateTimeOffset? AvailableFrom { get; set; }

    /// <summary>Rankings leave the item out from this time on.</summary>
    public DateTimeOffset? AvailableUntil { get; set; }

    // A missing id becomes a value that breaks its rule, so that one answer names every fault.
    public Item ToItem() => new(ItemId!, Features.ToFeatures()) { Unavailable = Available == false, AvailableFrom = AvailableFrom, AvailableUntil = AvailableUntil };
}

/// <summary>What was done with the items.</summary>
/// <param name="Accepted">The number of items that were written.</param>
internal sealed record ItemsResponse(long Accepted);

/// <summary>An item as the catalogue has it.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Features">The values of its features by name.</param>
/// <param name="Available">False for an item that rankings leave out.</param>
/// <param name="AvailableFrom">Rankings leave the item out before this time. It is left out where there is no such time.</param>
/// <param name="AvailableUntil">Rankings leave the item out from this time on. It is left out where there is no such time.</param>
internal sealed record ItemResponse(
    string ItemId, IReadOnlyDictionary<string, string> Features, bool Available, DateTimeOffset? AvailableFrom, DateTimeOffset? AvailableUntil)
{
    public static ItemResponse From(Item item) => new(item.ItemId, item.Features, !item.Unavailable, item.AvailableFrom, item.AvailableUntil);
}
