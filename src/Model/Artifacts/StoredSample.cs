using System.Text.Json;
using System.Text.Json.Serialization;
using DinOrleans.Model.Schema;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Artifacts;

/// <summary>
/// One ranking in the form of a request, with the scores that training computed for it. A silo scores it, starting from the ids, before it
/// takes a version. A runtime, table, vocabulary or scaler that gives other scores therefore never serves.
/// </summary>
public sealed record StoredSample
{
    /// <summary>The largest difference of a probability between training and serving.</summary>
    public const float Tolerance = 1e-4f;

    /// <summary>The most candidates of a stored sample, as of a request.</summary>
    public const int MaxCandidates = 1000;

    /// <summary>Far more than the largest sample of any schema takes: a larger file is not read into memory.</summary>
    private const long MaxBytes = 64L << 20;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The features by name, <c>item_id</c> among them, of each item that the sample names.</summary>
    public required IReadOnlyList<IReadOnlyDictionary<string, string>> Items { get; init; }

    /// <summary>[H] indexes of <see cref="Items"/>: the behaviours of the main sequence, then those of each other sequence, each oldest first.</summary>
    public required IReadOnlyList<int> Behaviours { get; init; }

    /// <summary>[S] numbers of behaviours that belong to each sequence besides the main one; empty without such sequences.</summary>
    public IReadOnlyList<int> SequenceLengths { get; init; } = [];

    /// <summary>[N] indexes of <see cref="Items"/>.</summary>
    public required IReadOnlyList<int> Candidates { get; init; }

    /// <summary>The user's features by name; empty for a user without a profile.</summary>
    [JsonPropertyName("user")]
    public required IReadOnlyDictionary<string, string> Profile { get; init; }

    /// <summary>The context's features by name.</summary>
    public required IReadOnlyDictionary<string, string> Context { get; init; }

    /// <summary>[N, K] probabilities that training computed.</summary>
    public required IReadOnlyList<float> Scores { get; init; }

    /// <summary>Reads <c>sample.json</c>.</summary>
    /// <exception cref="ArtifactException">The file is not a stored sample of the schema.</exception>
    internal static StoredSample Read(string folder, FeatureSchema schema)
    {
        long bytes = ArtifactFiles.Length(folder, ArtifactFiles.Sample);
        if (bytes is 0 or > MaxBytes)
        {
            throw new ArtifactException(ArtifactFiles.Sample, $"must have 1 to {MaxBytes} bytes but has {bytes}");
        }

        StoredSample sample;
        try
        {
            string json = ArtifactFiles.ReadText(Path.Combine(folder, ArtifactFiles.Sample), ArtifactFiles.Sample);
            sample = JsonSerializer.Deserialize<StoredSample>(json, Json) ?? throw new ArtifactException(ArtifactFiles.Sample, "is empty");
        }
        catch (JsonException e)
        {
            throw new ArtifactException(ArtifactFiles.Sample, e.Message, e);
        }

        Problems problems = sample.Check(schema);
        return problems.Count == 0 ? sample : throw new ArtifactException(ArtifactFiles.Sample, problems.ToString());
    }

    internal string ToJson() => JsonSerializer.Serialize(this, Json);

    private Problems Check(FeatureSchema schema)
    {
        int history = schema.AllSequences.Sum(s => s.MaxLength);
        int sequences = schema.Sequences?.Count ?? 0;
        Problems problems = [];
        problems.Require(Candidates.Count is >= 1 and <= MaxCandidates, $"must have 1 to {MaxCandidates} candidates");
        problems.Require(Behaviours.Count <= history, $"must have at most the {history} behaviours that the schema's sequences hold");
        problems.Require(Items.All(i => i is not null), "has an item that is null");
        problems.Require(Behaviours.Concat(Candidates).All(i => i >= 0 && i < Items.Count), "names an item that it does not have");
        problems.Require(SequenceLengths.Count == sequences, $"must have the lengths of the schema's {sequences} other sequences");
        problems.Require(
            SequenceLengths.All(n => n >= 0) && SequenceLengths.Sum(n => (long)n) <= Behaviours.Count, "has sequences that are longer than its history");
        problems.Require(Scores.Count == (long)Candidates.Count * schema.Tasks.Count, "must have one score per candidate and task");
        problems.Require(Scores.All(s => s is >= 0 and <= 1), "has a score that is not a probability");
        return problems;
    }
}
