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

    /// <summary>Writes one item of a ranking.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="index">The index of the item in the ranking.</param>
    /// <param name="ranking">The ranking, whose numbers are finite.</param>
    /// <param name="tasks">The names of the tasks, in the order of the item's scores.</param>
    public static void Write(Utf8JsonWriter json, int index, Ranking ranking, JsonEncodedText[] tasks)
    {
        RankedItem item = ranking.Items[index];
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

        if (ranking.Explanation is { } explanation)
        {
            WriteAttention(json, explanation.History, explanation.WeightsOf(index));
        }

        json.WriteEndObject();
    }

    private static void WriteAttention(Utf8JsonWriter json, IReadOnlyList<AttendedBehaviour> history, ReadOnlySpan<float> weights)
    {
        json.WriteStartArray(Attention);
        for (int h = 0; h < weights.Length; h++)
        {
            json.WriteStartObject();
            json.WriteString(ItemId, history[h].ItemId);
            json.WriteString(Timestamp, history[h].Timestamp);
            json.WriteNumber(Weight, weights[h]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
