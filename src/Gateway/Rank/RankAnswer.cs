using System.Buffers;
using System.Buffers.Text;
using System.Reflection;
using System.Text.Json;
using DinOrleans.Contracts.Users;
using Microsoft.AspNetCore.Http.Metadata;

namespace DinOrleans.Gateway.Rank;

/// <summary>
/// Writes a ranking as the JSON of <see cref="RankResponse"/>, by hand: an answer has up to a thousand items, and generated code would want an
/// object for each.
/// </summary>
internal sealed class RankAnswer(Ranking ranking) : IResult, IEndpointMetadataProvider
{
    private const int LongestNumber = 32;

    private static readonly JsonWriterOptions WriterOptions = new() { SkipValidation = true };
    private static readonly JsonEncodedText RankingId = JsonEncodedText.Encode("rankingId");
    private static readonly JsonEncodedText Model = JsonEncodedText.Encode("model");
    private static readonly JsonEncodedText Version = JsonEncodedText.Encode("version");
    private static readonly JsonEncodedText Variant = JsonEncodedText.Encode("variant");
    private static readonly JsonEncodedText Champion = JsonEncodedText.Encode("champion");
    private static readonly JsonEncodedText Source = JsonEncodedText.Encode("source");
    private static readonly JsonEncodedText HistoryLength = JsonEncodedText.Encode("historyLength");
    private static readonly JsonEncodedText Items = JsonEncodedText.Encode("items");
    private static readonly JsonEncodedText ItemId = JsonEncodedText.Encode("itemId");
    private static readonly JsonEncodedText Score = JsonEncodedText.Encode("score");
    private static readonly JsonEncodedText Scores = JsonEncodedText.Encode("scores");
    private static readonly JsonEncodedText UnknownItem = JsonEncodedText.Encode("unknownItem");
    private static readonly JsonEncodedText Attention = JsonEncodedText.Encode("attention");
    private static readonly JsonEncodedText Timestamp = JsonEncodedText.Encode("timestamp");
    private static readonly JsonEncodedText Weight = JsonEncodedText.Encode("weight");

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        Write(httpContext.Response.BodyWriter, ranking);
        await httpContext.Response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(RankResponse), ["application/json"]));

    /// <summary>"model" or "popularity".</summary>
    public static string SourceOf(Ranking ranking) => ranking.Source == RankingSource.Model ? "model" : "popularity";

    /// <summary>Writes the JSON.</summary>
    public static void Write(IBufferWriter<byte> output, Ranking ranking)
    {
        using var json = new Utf8JsonWriter(output, WriterOptions);
        json.WriteStartObject();
        json.WriteString(RankingId, ranking.RankingId);
        if (ranking.ModelVersion is not null)
        {
            json.WriteStartObject(Model);
            json.WriteString(Version, ranking.ModelVersion);
            json.WriteString(Variant, Champion);
            json.WriteEndObject();
        }

        json.WriteString(Source, SourceOf(ranking));
        json.WriteNumber(HistoryLength, ranking.HistoryLength);
        json.WriteStartArray(Items);
        JsonEncodedText[] tasks = [.. ranking.Tasks.Select(t => JsonEncodedText.Encode(t))];
        for (int i = 0; i < ranking.Items.Count; i++)
        {
            WriteItem(json, ranking.Items[i], tasks);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteItem(Utf8JsonWriter json, RankedItem item, JsonEncodedText[] tasks)
    {
        json.WriteStartObject();
        json.WriteString(ItemId, item.ItemId);

        // Of a single task, its probability mostly is the score: to find the digits of a number takes longer than all else of an item.
        Span<byte> buffer = stackalloc byte[LongestNumber];
        ReadOnlySpan<byte> score = Digits(item.Score, buffer);
        json.WritePropertyName(Score);
        json.WriteRawValue(score, skipInputValidation: true);
        json.WriteStartObject(Scores);
        ReadOnlySpan<float> ofTasks = item.Scores.Span;
        for (int k = 0; k < ofTasks.Length; k++)
        {
            json.WritePropertyName(tasks[k]);
            if (ofTasks[k] == item.Score)
            {
                json.WriteRawValue(score, skipInputValidation: true);
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

    /// <exception cref="ArgumentException">The number is none, which JSON cannot say.</exception>
    private static ReadOnlySpan<byte> Digits(float number, Span<byte> buffer)
    {
        if (!float.IsFinite(number) || !Utf8Formatter.TryFormat(number, buffer, out int length))
        {
            throw new ArgumentException($"A score is {number}, which is no number in JSON.", nameof(number));
        }

        return buffer[..length];
    }
}
