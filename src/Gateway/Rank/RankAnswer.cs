using System.IO.Pipelines;
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
    /// <summary>Bytes that gather before they are sent: an explained answer can have a million weights.</summary>
    private const int SendAt = 64 * 1024;

    private static readonly JsonWriterOptions WriterOptions = new() { SkipValidation = true };
    private static readonly JsonEncodedText RankingId = JsonEncodedText.Encode("rankingId");
    private static readonly JsonEncodedText Model = JsonEncodedText.Encode("model");
    private static readonly JsonEncodedText Version = JsonEncodedText.Encode("version");
    private static readonly JsonEncodedText Variant = JsonEncodedText.Encode("variant");
    private static readonly JsonEncodedText Champion = JsonEncodedText.Encode("champion");
    private static readonly JsonEncodedText ScoresAreProbabilities = JsonEncodedText.Encode("scoresAreProbabilities");
    private static readonly JsonEncodedText Source = JsonEncodedText.Encode("source");
    private static readonly JsonEncodedText HistoryLength = JsonEncodedText.Encode("historyLength");
    private static readonly JsonEncodedText Items = JsonEncodedText.Encode("items");

    public Task ExecuteAsync(HttpContext httpContext)
    {
        CheckNumbers();
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        return WriteAsync(httpContext.Response.BodyWriter, httpContext.RequestAborted);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(RankResponse), ["application/json"]));

    /// <summary>"model" or "popularity".</summary>
    public static string SourceOf(Ranking ranking) => ranking.Source == RankingSource.Model ? "model" : "popularity";

    /// <summary>Writes and sends the JSON, whose numbers are finite.</summary>
    internal async Task WriteAsync(PipeWriter output, CancellationToken cancellationToken)
    {
        using var json = new Utf8JsonWriter(output, WriterOptions);
        WriteHead(json);
        JsonEncodedText[] tasks = [.. ranking.Tasks.Select(t => JsonEncodedText.Encode(t))];
        long sent = 0;
        for (int i = 0; i < ranking.Items.Count; i++)
        {
            RankedItemJson.Write(json, i, ranking, tasks);
            if (json.BytesCommitted + json.BytesPending - sent >= SendAt)
            {
                sent = json.BytesCommitted + json.BytesPending;
                json.Flush();
                await output.FlushAsync(cancellationToken);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        await output.FlushAsync(cancellationToken);
    }

    /// <exception cref="InvalidOperationException">A number of the answer is none, which JSON cannot say; nothing was written yet.</exception>
    internal void CheckNumbers()
    {
        for (int i = 0; i < ranking.Items.Count; i++)
        {
            RankedItem item = ranking.Items[i];
            bool isFinite = float.IsFinite(item.Score);
            foreach (float score in item.Scores.Span)
            {
                isFinite &= float.IsFinite(score);
            }

            foreach (float weight in ranking.Explanation is { } explanation ? explanation.WeightsOf(i) : [])
            {
                isFinite &= float.IsFinite(weight);
            }

            if (!isFinite)
            {
                throw new InvalidOperationException(
                    $"Version {ranking.ModelVersion} scored item \"{item.ItemId}\" with what is no number: a feature of the item, the user or the context may be far out of what it learned from.");
            }
        }
    }

    private void WriteHead(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString(RankingId, ranking.RankingId);
        if (ranking.ModelVersion is not null)
        {
            json.WriteStartObject(Model);
            json.WriteString(Version, ranking.ModelVersion);
            json.WriteString(Variant, Champion);
            json.WriteBoolean(ScoresAreProbabilities, ranking.ScoresAreProbabilities);
            json.WriteEndObject();
        }

        json.WriteString(Source, SourceOf(ranking));
        json.WriteNumber(HistoryLength, ranking.HistoryLength);
        json.WriteStartArray(Items);
    }
}
