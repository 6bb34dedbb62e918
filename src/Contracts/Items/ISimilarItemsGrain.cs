using Orleans.CodeGeneration;

namespace DinOrleans.Contracts.Items;

/// <summary>Compares items by the embeddings of the active model version. Its key is 0.</summary>
[Alias("DinOrleans.ISimilarItemsGrain"), Version(1)]
public interface ISimilarItemsGrain : IGrainWithIntegerKey
{
    /// <summary>Finds the items whose embeddings have the largest cosine similarity to that of an item.</summary>
    /// <param name="itemId">The item.</param>
    /// <param name="limit">The most items, 1 to <see cref="InputLimits.SearchRows"/>.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Null where no version is active, or where the active version has no embedding of its own for the item.</returns>
    /// <exception cref="InvalidInputException">The id or the limit breaks a rule.</exception>
    [Alias("Find"), ResponseTimeout(CallDeadlines.Usual)]
    Task<SimilarItems?> FindAsync(string itemId, int limit, CancellationToken cancellationToken = default);
}

/// <summary>Items that are similar to one.</summary>
/// <param name="Version">The model version whose embeddings were compared.</param>
/// <param name="Items">The items, most similar first, without the item itself.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.SimilarItems")]
public sealed record SimilarItems([property: Id(0)] string Version, [property: Id(1)] IReadOnlyList<SimilarItem> Items);

/// <summary>An item that is similar to another one.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Similarity">The cosine of the angle between the two embeddings, -1 to 1.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.SimilarItem")]
public readonly record struct SimilarItem([property: Id(0)] string ItemId, [property: Id(1)] float Similarity);
