namespace DinOrleans.Storage.Features;

/// <summary>An item as the store keeps it. A catalogue of millions of items is read without an object per item.</summary>
public readonly ref struct ItemRow
{
    /// <summary>The revision of the write that made the row.</summary>
    public required long Revision { get; init; }

    /// <summary>The item's id in UTF-8.</summary>
    public required ReadOnlySpan<byte> ItemId { get; init; }

    /// <summary>A JSON object with the value of each feature by its name, in UTF-8.</summary>
    public required ReadOnlySpan<byte> Features { get; init; }

    /// <summary>What became of the item.</summary>
    public required ItemState State { get; init; }

    /// <summary>Milliseconds since 1970 before which the item is not available. Null if there is no such time.</summary>
    public long? AvailableFrom { get; init; }

    /// <summary>Milliseconds since 1970 from which on the item is not available. Null if there is no such time.</summary>
    public long? AvailableUntil { get; init; }
}

/// <summary>What became of an item. The numbers are stored.</summary>
public enum ItemState
{
    /// <summary>The item is available.</summary>
    Available = 0,

    /// <summary>The item is not available.</summary>
    Unavailable = 1,

    /// <summary>The item was removed. Its row keeps only the id and the revision of the removal.</summary>
    Removed = 2,
}

/// <summary>Takes a row. The row's text is valid only during the call.</summary>
public delegate void ItemRowTaker(ItemRow row);
