using System.Text.Json;
using System.Text.Json.Serialization;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Schema;

namespace DinOrleans.Model.Artifacts;

/// <summary><c>manifest.json</c>: what a model version is, what it was learned from, and the digest of every other file.</summary>
public sealed record ArtifactManifest
{
    /// <summary>The layout of the folder that this program writes and reads.</summary>
    public const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public int Format { get; init; } = CurrentFormat;

    /// <summary>The version; also the folder's name.</summary>
    public required string Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The model's name, for example "din".</summary>
    public required string Kind { get; init; }

    /// <summary>The model's options in full.</summary>
    public required JsonElement Options { get; init; }

    public required FeatureSchema Schema { get; init; }

    /// <summary>Offline measures by name, for example "auc".</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>
    /// True where scores are the probabilities of the tasks' events on what is shown: they were learned from impressions, each candidate by itself.
    /// False where negatives were drawn, whose number decides how high scores are, or scores have no level.
    /// </summary>
    public bool ScoresAreProbabilities { get; init; }

    /// <summary>The version whose weights training started from; null for fresh ones.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StartedFrom { get; init; }

    public required DataWindow Data { get; init; }

    /// <summary>The shape of each vocabulary by feature key.</summary>
    public required IReadOnlyDictionary<string, VocabularyShape> Vocabularies { get; init; }

    /// <summary>The scaling of each numeric feature by feature key.</summary>
    public required IReadOnlyDictionary<string, NumericScaler> Scalers { get; init; }

    /// <summary>Lower-case hexadecimal SHA-256 of every other file by its path with forward slashes.</summary>
    public required IReadOnlyDictionary<string, string> Files { get; init; }

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="ArtifactException">The text is none, or of another format.</exception>
    public static ArtifactManifest Parse(string json)
    {
        ArtifactManifest manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<ArtifactManifest>(json, Json) ?? throw new ArtifactException(ArtifactFiles.Manifest, "is empty");
        }
        catch (JsonException e)
        {
            throw new ArtifactException(ArtifactFiles.Manifest, e.Message, e);
        }

        if (manifest.Format != CurrentFormat)
        {
            throw new ArtifactException(ArtifactFiles.Manifest, $"has format {manifest.Format}, this program reads {CurrentFormat}");
        }

        IReadOnlyList<string> problems = FeatureSchemaValidator.Validate(manifest.Schema);
        return problems.Count == 0 ? manifest : throw new ArtifactException(ArtifactFiles.Manifest, "schema: " + string.Join("; ", problems));
    }

    /// <summary>The JSON form that <see cref="Parse"/> reads.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);
}

/// <summary>What a version was learned from.</summary>
/// <param name="From">Time of the first event.</param>
/// <param name="To">Time of the last event.</param>
/// <param name="Events">How many events.</param>
/// <param name="Digest">Digest of the dataset, to tell whether two versions learned from the same data.</param>
public sealed record DataWindow(DateTimeOffset From, DateTimeOffset To, long Events, string Digest);

/// <summary>The shape of a vocabulary and of its embedding table.</summary>
/// <param name="Rows">Rows in all.</param>
/// <param name="OutOfVocabularyRows">Rows that unknown values share.</param>
public sealed record VocabularyShape(int Rows, int OutOfVocabularyRows);

/// <summary>An artifact is damaged or does not fit; names the file and the reason.</summary>
public sealed class ArtifactException : Exception
{
    public ArtifactException(string file, string reason, Exception? innerException = null)
        : base($"{file}: {reason.TrimEnd('.')}.", innerException)
    {
    }
}
