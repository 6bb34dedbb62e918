namespace DinOrleans.Client;

/// <summary>An item that was found.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Features">The values of its features by name.</param>
public sealed record FoundItem(string ItemId, IReadOnlyDictionary<string, string> Features);

/// <summary>A page of items.</summary>
/// <param name="Items">The items in ascending order of their ids.</param>
/// <param name="Next">Names the next page; null on the last one.</param>
public sealed record ItemPage(IReadOnlyList<FoundItem> Items, string? Next);

/// <summary>The items with the most events.</summary>
/// <param name="Items">The items, most events first.</param>
/// <param name="CountedAt">When the events were counted; null while the first count is under way.</param>
public sealed record PopularItems(IReadOnlyList<PopularItem> Items, DateTimeOffset? CountedAt);

/// <summary>An item with its popularity.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Features">The values of its features by name.</param>
/// <param name="Events">The number of events of the main behaviour sequence on it.</param>
public sealed record PopularItem(string ItemId, IReadOnlyDictionary<string, string> Features, long Events);

/// <summary>Items that are similar to one.</summary>
/// <param name="Version">The model version whose embeddings were compared.</param>
/// <param name="Items">The items, most similar first, without the item itself.</param>
public sealed record SimilarItems(string Version, IReadOnlyList<SimilarItem> Items);

/// <summary>An item that is similar to another one.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Similarity">The cosine of the angle between the two embeddings, -1 to 1.</param>
/// <param name="Features">The values of its features by name. It has none where the catalogue does not have the item.</param>
public sealed record SimilarItem(string ItemId, float Similarity, IReadOnlyDictionary<string, string> Features);
