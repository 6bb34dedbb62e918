using System.ComponentModel.DataAnnotations;
using System.IO.Pipelines;
using System.Text.Json;
using DinOrleans.Contracts.Experiments;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Gateway.Rank;

/// <summary>Candidates in descending order of score.</summary>
/// <remarks>
/// The properties are the documented form of the JSON. <see cref="WriteAsync"/> writes it by hand, because an answer has up to a thousand items
/// and generated code would want an object for each.
/// </remarks>
internal sealed class RankResponse
{
    /// <summary>Bytes that gather before they are sent: an explained answer can have a million weights.</summary>
    private const int SendAt = 64 * 1024;

    private static readonly JsonWriterOptions WriterOptions = new() { SkipValidation = true };
    private static readonly JsonEncodedText RankingIdName = JsonEncodedText.Encode("rankingId");
    private static readonly JsonEncodedText ModelName = JsonEncodedText.Encode("model");
    private static readonly JsonEncodedText SourceName = JsonEncodedText.Encode("source");
    private static readonly JsonEncodedText HistoryLengthName = JsonEncodedText.Encode("historyLength");
    private static readonly JsonEncodedText UnavailableItemsName = JsonEncodedText.Encode("unavailableItems");
    private static readonly JsonEncodedText ItemsName = JsonEncodedText.Encode("items");

    private readonly Ranking _ranking;

    /// <param name="ranking">A ranking with finite numbers.</param>
    internal RankResponse(Ranking ranking) => _ranking = ranking;

    /// <summary>Names the ranking. Send it with the events that follow from this ranking.</summary>
    public string RankingId => _ranking.RankingId;

    /// <summary>The version that scored every item. It is left out where the source is popularity.</summary>
    public ModelReference? Model => _ranking.ModelVersion is { } version
        ? new(version, _ranking.Variant ?? ExperimentArm.Champion, _ranking.Experiment, _ranking.ScoresAreProbabilities)
        : null;

    /// <summary>"model" or, before any model is active, "popularity".</summary>
    [AllowedValues("model", "popularity")]
    public string Source => _ranking.Source == RankingSource.Model ? "model" : "popularity";

    /// <summary>How many behaviours the model used, over all behaviour sequences.</summary>
    public int HistoryLength => _ranking.HistoryLength;

    /// <summary>The candidates that were left out because the catalogue says that they are not available now. It is left out where there are none.</summary>
    public IReadOnlyList<string>? UnavailableItems => _ranking.UnavailableItems;

    /// <summary>Best first.</summary>
    public IReadOnlyList<RankedItemResponse> Items => [.. _ranking.Items.Select((_, index) => new RankedItemResponse(_ranking, index))];

    /// <summary>Writes and sends the JSON.</summary>
    public async Task WriteAsync(PipeWriter output, CancellationToken cancellationToken)
    {
        using var json = new Utf8JsonWriter(output, WriterOptions);
        WriteHead(json);
        JsonEncodedText[] tasks = [.. _ranking.Tasks.Select(t => JsonEncodedText.Encode(t))];
        long sent = 0;
        for (int i = 0; i < _ranking.Items.Count; i++)
        {
            RankedItemResponse.Write(json, _ranking, i, tasks);
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

    private void WriteHead(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString(RankingIdName, RankingId);
        if (Model is { } model)
        {
            json.WritePropertyName(ModelName);
            model.Write(json);
        }

        json.WriteString(SourceName, Source);
        json.WriteNumber(HistoryLengthName, HistoryLength);
        if (UnavailableItems is { } unavailable)
        {
            json.WriteStartArray(UnavailableItemsName);
            foreach (string item in unavailable)
            {
                json.WriteStringValue(item);
            }

            json.WriteEndArray();
        }

        json.WriteStartArray(ItemsName);
    }
}
