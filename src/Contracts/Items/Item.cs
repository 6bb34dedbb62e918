namespace DinOrleans.Contracts.Items;

/// <summary>An item of the catalogue with its features by name; numeric values in invariant notation.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.Item")]
public sealed record Item(
    [property: Id(0)] string ItemId,
    [property: Id(1)] IReadOnlyDictionary<string, string> Features);
