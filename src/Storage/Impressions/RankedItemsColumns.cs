using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Storage.Impressions;

/// <summary>Converts the items of a ranking to two columns and back: a JSON array of ids, and the scores as a block of little-endian 32-bit floats.</summary>
internal static class RankedItemsColumns
{
    public static string Ids(IReadOnlyList<Impression> items)
    {
        string[] ids = new string[items.Count];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = items[i].ItemId;
        }

        return JsonSerializer.Serialize(ids, ItemIdsJson.Default.StringArray);
    }

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
        string[] itemIds = JsonSerializer.Deserialize(ids, ItemIdsJson.Default.StringArray)!;
        var items = new Impression[itemIds.Length];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = new(itemIds[i], MemoryMarshal.Cast<byte, float>(scores)[i]);
        }

        return items;
    }
}

/// <summary>Writes ids with generated code, because every ranking of a busy silo is written by it.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class ItemIdsJson : JsonSerializerContext;
