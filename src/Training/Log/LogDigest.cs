using System.Security.Cryptography;
using System.Text;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Schema;

namespace DinOrleans.Training.Log;

/// <summary>Computes the digest that identifies the data which a version learned from.</summary>
internal static class LogDigest
{
    public static string Compute(
        FeatureSchema schema,
        IReadOnlyList<string> itemIds,
        IReadOnlyList<string> userIds,
        EntityTable items,
        EntityTable users,
        EntityTable contexts,
        EventTable events)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, [schema.ToJson()]);
        Append(hash, itemIds);
        Append(hash, userIds);
        Append(hash, items);
        Append(hash, users);
        Append(hash, contexts);
        Append(hash, events.UserStart);
        Append(hash, events.Item);
        Append(hash, events.Type);
        Append(hash, events.Timestamp);
        Append(hash, events.Ranking);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, EntityTable table)
    {
        foreach (StringColumn column in table.Categorical)
        {
            Append(hash, column.Codes);
            Append(hash, column.Values);
        }

        foreach (float[] column in table.Numeric)
        {
            Append(hash, column);
        }
    }

    private static void Append(IncrementalHash hash, IReadOnlyList<string> values)
    {
        Append(hash, [values.Count]);
        foreach (string value in values)
        {
            byte[] text = Encoding.UTF8.GetBytes(value);
            Append(hash, [text.Length]);
            hash.AppendData(text);
        }
    }

    private static void Append<T>(IncrementalHash hash, T[] values)
        where T : unmanaged => RawBytes.Read<T>(values, hash.AppendData);
}
