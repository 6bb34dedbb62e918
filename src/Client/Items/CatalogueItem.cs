namespace DinOrleans.Client;

/// <summary>An item of the catalogue.</summary>
/// <param name="ItemId">The id of the item, 1 to 200 characters.</param>
/// <param name="Features">The values of the item's features by name, for example "category": "c7".</param>
public sealed record CatalogueItem(string ItemId, IReadOnlyDictionary<string, string> Features);

/// <summary>The body of <c>PUT /v1/items</c>.</summary>
internal sealed record ItemsBody(IReadOnlyList<CatalogueItem> Items);

/// <summary>The answer to <c>PUT /v1/items</c>.</summary>
internal sealed record PutItems(int Accepted);
