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

    private readonly RankedItem _item;
    private readonly IReadOnlyList<string> _tasks;

    internal RankedItemResponse(RankedItem item, IReadOnlyList<string> tasks) => (_item, _tasks) = (item, tasks);

    /// <summary>The item.</summary>
    public string ItemId => _item.ItemId;

    /// <summary>The ranking score that the order follows, 0 to 1.</summary>
    public float Score => _item.Score;

    /// <summary>The score of each task by its name, 0 to 1. The model says whether it is a probability.</summary>
    public IReadOnlyDictionary<string, float> Scores => _tasks.Index().ToDictionary(t => t.Item, t => _item.Scores.Span[t.Index]);

    /// <summary>True where the catalogue does not have the item. It is left out where the catalogue does.</summary>
    public bool? UnknownItem => _item.UnknownItem ? true : null;

    /// <summary>The weight of each behaviour, oldest first. It is left out unless asked for. The weights need not sum to one.</summary>
    public IReadOnlyList<BehaviourAttention>? Attention => _item.Attention;

    /// <summary>True where JSON can say every number of the item.</summary>
    public static bool IsFinite(RankedItem item)
    {
        bool isFinite = float.IsFinite(item.Score);
        foreach (float score in item.Scores.Span)
        {
            isFinite &= float.IsFinite(score);
        }

        for (int h = 0; h < (item.Attention?.Count ?? 0); h++)
        {
            isFinite &= float.IsFinite(item.Attention![h].Weight);
        }

        return isFinite;
    }

    /// <summary>Writes the JSON of an item.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="item">The item, whose numbers are finite.</param>
    /// <param name="tasks">The names of the tasks, in the order of the item's scores.</param>
    public static void Write(Utf8JsonWriter json, RankedItem item, JsonEncodedText[] tasks)
    {
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

        if (item.Attention is not null)
        {
            WriteAttention(json, item.Attention);
        }

        json.WriteEndObject();
    }

    private static void WriteAttention(Utf8JsonWriter json, IReadOnlyList<BehaviourAttention> attention)
    {
        json.WriteStartArray(AttentionName);
        foreach (BehaviourAttention behaviour in attention)
        {
            json.WriteStartObject();
            json.WriteString(ItemIdName, behaviour.ItemId);
            json.WriteString(TimestampName, behaviour.Timestamp);
            json.WriteNumber(WeightName, behaviour.Weight);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
