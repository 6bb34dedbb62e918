using System.Runtime.InteropServices;
using System.Text.Json;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Storage.Impressions;

/// <summary>The items of a ranking as two columns: a JSON array of ids, and a block of scores as 32-bit floats, little-endian.</summary>
internal static class RankedItemsColumns
{
    public static string Ids(IReadOnlyList<Impression> items) => JsonSerializer.Serialize(items.Select(i => i.ItemId));

    public static byte[] Scores(IReadOnlyList<Impression> items)
    {
        byte[] block = new byte[items.Count * sizeof(float)];
        Span<float> scores = MemoryMarshal.Cast<byte, float>(block.AsSpan());
        for (int i = 0; i < items.Count; i++)
        {
            scores[i] = items[i].Score;
        }

        return block;
    }

    public static Impression[] Read(string ids, byte[] scores)
    {
        string[] itemIds = JsonSerializer.Deserialize<string[]>(ids)!;
        var items = new Impression[itemIds.Length];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = new(itemIds[i], MemoryMarshal.Cast<byte, float>(scores)[i]);
        }

        return items;
    }
}
