using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace DinOrleans.Standalone.Tests.Docs.Attention;

/// <summary>An item of the sample shop, by what its true clicks depend on.</summary>
internal sealed record ShopItem(string Id, string Category, string Shop)
{
    public bool IsAlike(ShopItem other) => Category == other.Category && Shop == other.Shop;
}

/// <summary>A past behaviour with the weight that a candidate gave it.</summary>
internal sealed record Weighed(ShopItem Item, double Weight);

/// <summary>A candidate with its score and the weight of each behaviour, oldest first.</summary>
internal sealed record AttentiveCandidate(ShopItem Item, double Score, IReadOnlyList<Weighed> Attention);

/// <summary>Asks a server of the sample shop for rankings with their attention.</summary>
internal sealed class AttentionShop(HttpClient http, CancellationToken cancellationToken)
{
    private readonly Dictionary<string, ShopItem> _items = [];

    public IReadOnlyCollection<ShopItem> Items => _items.Values;

    /// <summary>Reads the catalogue.</summary>
    public async Task LoadAsync()
    {
        string? next = "/v1/items?limit=100";
        while (next is not null)
        {
            JsonElement page = JsonSerializer.Deserialize<JsonElement>(await http.GetStringAsync(next, cancellationToken));
            foreach (JsonElement item in page.GetProperty("items").EnumerateArray())
            {
                JsonElement features = item.GetProperty("features");
                string id = item.GetProperty("itemId").GetString()!;
                _items.Add(id, new(id, features.GetProperty("category").GetString()!, features.GetProperty("shop").GetString()!));
            }

            next = page.TryGetProperty("next", out JsonElement last) ? $"/v1/items?limit=100&after={last.GetString()}" : null;
        }
    }

    /// <summary>The history of a user as the model sees it, oldest first.</summary>
    public async Task<IReadOnlyList<ShopItem>> HistoryAsync(string user) =>
        [.. (await RankAsync(user, [_items.Values.First()]))[0].Attention.Select(w => w.Item)];

    /// <summary>Ranks candidates for a user.</summary>
    /// <returns>The candidates in the order in which they were given.</returns>
    public async Task<IReadOnlyList<AttentiveCandidate>> RankAsync(string user, IReadOnlyList<ShopItem> candidates)
    {
        var body = new { userId = user, candidates = candidates.Select(c => new { itemId = c.Id }), explain = true };
        using HttpResponseMessage answer = await http.PostAsJsonAsync("/v1/rank", body, cancellationToken);
        JsonElement ranking = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        var ranked = ranking.GetProperty("items").EnumerateArray().ToDictionary(i => i.GetProperty("itemId").GetString()!);
        return [.. candidates.Select(c => new AttentiveCandidate(c, ranked[c.Id].GetProperty("score").GetDouble(), Attention(ranked[c.Id])))];
    }

    public static string User(int number) => string.Create(CultureInfo.InvariantCulture, $"user-{number}");

    private Weighed[] Attention(JsonElement item) => item.TryGetProperty("attention", out JsonElement attention)
        ? [.. attention.EnumerateArray().Select(a => new Weighed(_items[a.GetProperty("itemId").GetString()!], a.GetProperty("weight").GetDouble()))]
        : [];
}
