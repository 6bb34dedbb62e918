using System.Text.Json;

namespace DinOrleans.Datasets.Shoppers.Http;

/// <summary>The bodies of <c>POST /v1/rank</c>.</summary>
internal static class RankJson
{
    public static byte[] Request(ShopQuery query) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        userId = query.UserId,
        candidates = query.Candidates.Select(itemId => new { itemId }),
        context = query.Context,
        limit = query.Limit,
    });

    /// <summary>Reads what shoppers need of an answer and leaves the rest. The variant is the answer's own, or else that of its model.</summary>
    public static ShownRanking Read(JsonElement answer)
    {
        JsonElement model = answer.TryGetProperty("model", out JsonElement scored) ? scored : default;
        List<string> items = [];
        int unknown = 0;
        foreach (JsonElement item in answer.GetProperty("items").EnumerateArray())
        {
            items.Add(item.GetProperty("itemId").GetString() ?? "");
            unknown += item.TryGetProperty("unknownItem", out JsonElement isUnknown) && isUnknown.GetBoolean() ? 1 : 0;
        }

        return new(answer.GetProperty("rankingId").GetString() ?? "", items, answer.GetProperty("source").GetString() ?? "")
        {
            Version = Text(model, "version"),
            Variant = Text(answer, "variant") ?? Text(model, "variant"),
            UnknownItems = unknown,
        };
    }

    private static string? Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
