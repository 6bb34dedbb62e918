using System.Buffers.Text;
using System.Text.Json;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Gateway.Rank;

/// <summary>Writes a ranked item as the JSON of <see cref="RankedItemResponse"/>.</summary>
internal static class RankedItemJson
{
    private const int LongestNumber = 32;

    private static readonly JsonEncodedText ItemId = JsonEncodedText.Encode("itemId");
    private static readonly JsonEncodedText Score = JsonEncodedText.Encode("score");
    private static readonly JsonEncodedText Scores = JsonEncodedText.Encode("scores");
    private static readonly JsonEncodedText UnknownItem = JsonEncodedText.Encode("unknownItem");
    private static readonly JsonEncodedText Attention = JsonEncodedText.Encode("attention");
    private static readonly JsonEncodedText Timestamp = JsonEncodedText.Encode("timestamp");
    private static readonly JsonEncodedText Weight = JsonEncodedText.Encode("weight");

    /// <param name="json">Gets the item.</param>
    /// <param name="item">With finite numbers.</param>
    /// <param name="tasks">Names of the tasks, in the order of its scores.</param>
    public static void Write(Utf8JsonWriter json, RankedItem item, JsonEncodedText[] tasks)
    {
        json.WriteStartObject();
        json.WriteString(ItemId, item.ItemId);

        // Of a single task, its probability mostly is the score: to find the digits of a number takes longer than all else of an item.
        Span<byte> digits = stackalloc byte[LongestNumber];
        Utf8Formatter.TryFormat(item.Score, digits, out int length);
        digits = digits[..length];
        json.WritePropertyName(Score);
        json.WriteRawValue(digits, skipInputValidation: true);
        json.WriteStartObject(Scores);
        ReadOnlySpan<float> ofTasks = item.Scores.Span;
        for (int k = 0; k < ofTasks.Length; k++)
        {
            json.WritePropertyName(tasks[k]);
            if (ofTasks[k] == item.Score)
            {
                json.WriteRawValue(digits, skipInputValidation: true);
            }
            else
            {
                json.WriteNumberValue(ofTasks[k]);
            }
        }

        json.WriteEndObject();
        if (item.UnknownItem)
        {
            json.WriteBoolean(UnknownItem, true);
        }

        if (item.Attention is not null)
        {
            WriteAttention(json, item.Attention);
        }

        json.WriteEndObject();
    }

    private static void WriteAttention(Utf8JsonWriter json, IReadOnlyList<BehaviourAttention> attention)
    {
        json.WriteStartArray(Attention);
        foreach (BehaviourAttention behaviour in attention)
        {
            json.WriteStartObject();
            json.WriteString(ItemId, behaviour.ItemId);
            json.WriteString(Timestamp, behaviour.Timestamp);
            json.WriteNumber(Weight, behaviour.Weight);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
