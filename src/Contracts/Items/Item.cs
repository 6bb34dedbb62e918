namespace DinOrleans.Contracts.Items;

/// <summary>An item of the catalogue.</summary>
/// <param name="ItemId">The item's id, 1 to 200 characters.</param>
/// <param name="Features">The value of each feature by its name. Numbers are in invariant notation. A missing value is left out.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.Item")]
public sealed record Item(
    [property: Id(0)] string ItemId,
    [property: Id(1)] IReadOnlyDictionary<string, string> Features)
{
    /// <summary>True for an item that rankings leave out, for example because it is sold out. It is still used in histories.</summary>
    [Id(2)]
    public bool Unavailable { get; init; }

    /// <summary>Rankings leave the item out before this time, to the second. Null if there is no such time.</summary>
    [Id(3)]
    public DateTimeOffset? AvailableFrom { get; init; }

    /// <summary>Rankings leave the item out from this time on, to the second. Null if there is no such time.</summary>
    [Id(4)]
    public DateTimeOffset? AvailableUntil { get; init; }
}
