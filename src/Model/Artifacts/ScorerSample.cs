using System.Text.Json;
using System.Text.Json.Serialization;

namespace DinOrleans.Model.Artifacts;

/// <summary>
/// One stored ranking with the scores that training computed for it; a silo scores it before it takes a version, so that a
/// runtime that computes something else never serves.
/// </summary>
public sealed record ScorerSample
{
    /// <summary>The largest difference of a probability between training and serving.</summary>
    public const float Tolerance = 1e-4f;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>H.</summary>
    public required int HistoryLength { get; init; }

    /// <summary>[S] how many of the H are of each sequence beside the main one, last ones last; null without such sequences.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int[]? SequenceLengths { get; init; }

    /// <summary>N.</summary>
    public required int CandidateCount { get; init; }

    /// <summary>[H, d], row-major.</summary>
    public required float[] Behaviours { get; init; }

    /// <summary>[N, d].</summary>
    public required float[] Candidates { get; init; }

    /// <summary>[N].</summary>
    public required float[] CandidateBias { get; init; }

    /// <summary>[p].</summary>
    public required float[] Profile { get; init; }

    /// <summary>[c].</summary>
    public required float[] Context { get; init; }

    /// <summary>[N, K] probabilities that training computed.</summary>
    public required float[] Scores { get; init; }

    /// <summary>Reads <c>sample.json</c>.</summary>
    /// <exception cref="ArtifactException">The text is no sample.</exception>
    internal static ScorerSample Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<ScorerSample>(json, Json) ?? throw new ArtifactException(ArtifactFiles.Sample, "is empty");
        }
        catch (JsonException e)
        {
            throw new ArtifactException(ArtifactFiles.Sample, e.Message, e);
        }
    }

    internal string ToJson() => JsonSerializer.Serialize(this, Json);
}
