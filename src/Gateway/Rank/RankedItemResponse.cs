using System.Buffers.Text;
using System.Text.Json;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Gateway.Rank;

/// <summary>One ranked item.</summary>
/// <remarks>As with <see cref="RankResponse"/>, the properties are the documented form of what <see cref="Write"/> writes.</remarks>
internal sealed class RankedItemResponse
{
    private const int LongestNumber = 32;

    private static readonly JsonEncodedText ItemIdName = JsonEncodedText.Encode("itemId");
    private static readonly JsonEncodedText ScoreName = JsonEncodedText.Encode("score");
    private static readonly JsonEncodedText ScoresName = JsonEncodedText.Encode("scores");
    private static readonly JsonEncodedText UnknownItemName = JsonEncodedText.Encode("unknownItem");
    private static readonly JsonEncodedText AttentionName = JsonEncodedText.Encode("attention");
    private static readonly JsonEncodedText TimestampName = JsonEncodedText.Encode("timestamp");
    private static readonly JsonEncodedText WeightName = JsonEncodedText.Encode("weight");

    private readonly Ranking _ranking;
    private readonly int _index;

    internal RankedItemResponse(Ranking ranking, int index) => (_ranking, _index) = (ranking, index);

    /// <summary>The item.</summary>
    public string ItemId => Item.ItemId;

    /// <summary>The ranking score that the order follows, 0 to 1.</summary>
    public float Score => Item.Score;

    /// <summary>The score of each task by its name, 0 to 1. The model says whether it is a probability.</summary>
    public IReadOnlyDictionary<string, float> Scores => _ranking.Tasks.Index().ToDictionary(t => t.Item, t => Item.Scores.Span[t.Index]);

    /// <summary>True where the catalogue does not have the item. It is left out where the catalogue does.</summary>
    public bool? UnknownItem => Item.UnknownItem ? true : null;

    /// <summary>The weight of each behaviour, oldest first. It is left out unless asked for. The weights need not sum to one.</summary>
    public IReadOnlyList<BehaviourAttention>? Attention => _ranking.Explanation is { } explanation
        ? [.. explanation.History.Select((b, h) => new BehaviourAttention(b.ItemId, b.Timestamp, explanation.WeightsOf(_index)[h]))]
        : null;

    private RankedItem Item => _ranking.Items[_index];

    /// <summary>Writes the JSON of an item.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="ranking">The ranking, whose numbers are finite.</param>
    /// <param name="index">The index of the item in the ranking.</param>
    /// <param name="tasks">The names of the tasks, in the order of the item's scores.</param>
    public static void Write(Utf8JsonWriter json, Ranking ranking, int index, JsonEncodedText[] tasks)
    {
        RankedItem item = ranking.Items[index];
        json.WriteStartObject();
        json.WriteString(ItemIdName, item.ItemId);

        // With a single task, its probability mostly is the score, and finding the digits of a number takes longer than all else of an item.
        Span<byte> digits = stackalloc byte[LongestNumber];
        Utf8Formatter.TryFormat(item.Score, digits, out int length);
        digits = digits[..length];
        json.WritePropertyName(ScoreName);
        json.WriteRawValue(digits, skipInputValidation: true);
        json.WriteStartObject(ScoresName);
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
            json.WriteBoolean(UnknownItemName, true);
        }

        if (ranking.Explanation is { } explanation)
        {
            WriteAttention(json, explanation.History, explanation.WeightsOf(index));
        }

        json.WriteEndObject();
    }

    private static void WriteAttention(Utf8JsonWriter json, IReadOnlyList<AttendedBehaviour> history, ReadOnlySpan<float> weights)
    {
        json.WriteStartArray(AttentionName);
        for (int h = 0; h < weights.Length; h++)
        {
            json.WriteStartObject();
            json.WriteString(ItemIdName, history[h].ItemId);
            json.WriteString(TimestampName, history[h].Timestamp);
            json.WriteNumber(WeightName, weights[h]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
