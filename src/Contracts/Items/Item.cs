namespace DinOrleans.Contracts.Items;

/// <summary>An item of the catalogue.</summary>
/// <param name="ItemId">The item's id, 1 to 200 characters.</param>
/// <param name="Features">The value of each feature by its name. Numbers are in invariant notation. A missing value is left out.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.Item")]
public sealed record Item(
    [property: Id(0)] string ItemId,
    [property: Id(1)] IReadOnlyDictionary<string, string> Features);
