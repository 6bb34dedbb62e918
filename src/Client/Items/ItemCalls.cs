using System.Globalization;

namespace DinOrleans.Client;

/// <inheritdoc/>
internal sealed class ItemCalls(HttpCalls calls) : IItems
{
    private const string Path = "v1/items";
    private const int MostPerRequest = 1_000;

    /// <inheritdoc/>
    public async Task PutAsync(IReadOnlyCollection<CatalogueItem> items, CancellationToken cancellationToken = default)
    {
        foreach (CatalogueItem[] part in items.Chunk(MostPerRequest))
        {
            HttpCall call = new HttpCall(HttpMethod.Put, Path).With(new(part), ClientJson.Default.ItemsBody);
            await calls.SendAsync(call, ClientJson.Default.PutItems, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task<long> PutLinesAsync(IAsyncEnumerable<CatalogueItem> items, CancellationToken cancellationToken = default)
    {
        var call = new HttpCall(HttpMethod.Put, Path)
        {
            IsSentOnce = true,
            IsLong = true,
            Body = () => new ItemLines(items) { Headers = { ContentType = new("application/x-ndjson") } },
        };
        return (await calls.SendAsync(call, ClientJson.Default.PutItems, cancellationToken).ConfigureAwait(false)).Accepted;
    }

    /// <inheritdoc/>
    public Task<CatalogueItem?> GetAsync(string itemId, CancellationToken cancellationToken = default) =>
        calls.FindAsync(new HttpCall(HttpMethod.Get, Of(itemId)), ClientJson.Default.CatalogueItem, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FoundItem>> GetAsync(IReadOnlyCollection<string> itemIds, CancellationToken cancellationToken = default)
    {
        HttpCall call = new HttpCall(HttpMethod.Get, Path).Query([.. itemIds.Select(id => ("id", (string?)id))]);
        return (await calls.SendAsync(call, ClientJson.Default.ItemPage, cancellationToken).ConfigureAwait(false)).Items;
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string itemId, CancellationToken cancellationToken = default) =>
        calls.SendAsync(new HttpCall(HttpMethod.Delete, Of(itemId)), cancellationToken);

    /// <inheritdoc/>
    public Task<ItemPage> FindAsync(ItemSearch search, CancellationToken cancellationToken = default) => calls.SendAsync(
        new HttpCall(HttpMethod.Get, Path).Query(
            ("prefix", search.Prefix.Length > 0 ? search.Prefix : null),
            ("feature", search.Feature?.Name),
            ("value", search.Feature?.Value),
            ("limit", Text(search.Limit)),
            ("after", search.After)),
        ClientJson.Default.ItemPage,
        cancellationToken);

    /// <inheritdoc/>
    public Task<PopularItems> GetPopularAsync(int limit = 20, FeatureValue? feature = null, CancellationToken cancellationToken = default) => calls.SendAsync(
        new HttpCall(HttpMethod.Get, Path).Query(("order", "popular"), ("feature", feature?.Name), ("value", feature?.Value), ("limit", Text(limit))),
        ClientJson.Default.PopularItems,
        cancellationToken);

    /// <inheritdoc/>
    public Task<SimilarItems?> GetSimilarAsync(string itemId, int limit = 20, CancellationToken cancellationToken = default) => calls.FindAsync(
        new HttpCall(HttpMethod.Get, Of(itemId) + "/similar").Query(("limit", Text(limit))), ClientJson.Default.SimilarItems, cancellationToken);

    /// <inheritdoc/>
    public Task<ItemDays> GetDaysAsync(string itemId, int days = 90, CancellationToken cancellationToken = default) => calls.SendAsync(
        new HttpCall(HttpMethod.Get, Of(itemId) + "/days").Query(("days", Text(days))), ClientJson.Default.ItemDays, cancellationToken);

    private static string Of(string itemId) => $"{Path}/{Uri.EscapeDataString(itemId)}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
