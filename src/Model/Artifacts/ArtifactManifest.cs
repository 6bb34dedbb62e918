using System.Text.Json;
using System.Text.Json.Serialization;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Schema;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Artifacts;

/// <summary><c>manifest.json</c>: what a model version is, what it was learned from, and the size and digest of every other file.</summary>
public sealed record ArtifactManifest
{
    /// <summary>The format of the folder that this program writes.</summary>
    public const int CurrentFormat = 3;

    /// <summary>The oldest format that this program reads. Its vocabularies are lines of JSON, and its tables are of 32-bit floats.</summary>
    public const int OldestFormat = 2;

    /// <summary>Far more than any schema takes: a larger file is not read into memory.</summary>
    internal const long MaxBytes = 16L << 20;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public int Format { get; init; } = CurrentFormat;

    /// <summary>The version; also the folder's name.</summary>
    public required string Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The name of the model, for example "din".</summary>
    [JsonPropertyName("kind")]
    public required string Model { get; init; }

    /// <summary>The model's complete options.</summary>
    public required JsonElement Options { get; init; }

    public required FeatureSchema Schema { get; init; }

    /// <summary>How the numbers of the embedding tables are stored.</summary>
    public TableNumbers Tables { get; init; }

    /// <summary>Offline measures by name, for example "auc".</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>
    /// True if scores are the probabilities of the tasks' events on what is shown, because they were learned from impressions, each candidate by
    /// itself. False if negatives were drawn, whose number decides how high scores are, or if the model's scores have no level.
    /// </summary>
    public bool ScoresAreProbabilities { get; init; }

    /// <summary>
    /// How well probabilities agree with what happened, per task. Null where scores are not probabilities, where there were no validation rankings, and
    /// in versions from before this was measured.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TaskCalibration>? Calibration { get; init; }

    /// <summary>The version whose weights training started from; null for fresh ones.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StartedFrom { get; init; }

    public required DataWindow Data { get; init; }

    /// <summary>The shape of each vocabulary by feature key.</summary>
    public required IReadOnlyDictionary<string, VocabularyShape> Vocabularies { get; init; }

    /// <summary>The scaling of each numeric feature by feature key.</summary>
    public required IReadOnlyDictionary<string, NumericScaler> Scalers { get; init; }

    /// <summary>Every other file of the folder by its path with forward slashes.</summary>
    public required IReadOnlyDictionary<string, ArtifactFile> Files { get; init; }

    /// <summary>Reads the manifest of a version's folder and checks it. The other files are not read.</summary>
    /// <exception cref="ArtifactException">The manifest is missing, breaks a rule, or is that of another version than the folder is named after.</exception>
    public static ArtifactManifest Read(string folder)
    {
        string path = Path.Combine(folder, ArtifactFiles.Manifest);
        if (!File.Exists(path))
        {
            throw new ArtifactException(path, "is missing");
        }

        long bytes = ArtifactFiles.Length(folder, ArtifactFiles.Manifest);
        if (bytes is 0 or > MaxBytes)
        {
            throw new ArtifactException(ArtifactFiles.Manifest, $"must have 1 to {MaxBytes} bytes but has {bytes}");
        }

        ArtifactManifest manifest = Parse(ArtifactFiles.ReadText(path, ArtifactFiles.Manifest));
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        return manifest.Version == name
            ? manifest
            : throw new ArtifactException(ArtifactFiles.Manifest, $"is that of version \"{manifest.Version}\", but its folder is named \"{name}\"");
    }

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="ArtifactException">The text is not a manifest, is of another format, or breaks a rule.</exception>
    public static ArtifactManifest Parse(string json)
    {
        ArtifactManifest manifest;
        try
        {
            // The format is read first: a manifest of another format may lack members or have them in another shape.
            if (JsonSerializer.Deserialize<FormatOnly>(json, Json) is { Format: (< OldestFormat or > CurrentFormat) and int format })
            {
                throw new ArtifactException(
                    ArtifactFiles.Manifest, $"has format {format}, but this program reads formats {OldestFormat} to {CurrentFormat}; train the version again with this program");
            }

            manifest = JsonSerializer.Deserialize<ArtifactManifest>(json, Json) ?? throw new ArtifactException(ArtifactFiles.Manifest, "is empty");
        }
        catch (JsonException e)
        {
            throw new ArtifactException(ArtifactFiles.Manifest, e.Message, e);
        }

        Problems problems = ManifestRules.Check(manifest);
        return problems.Count == 0 ? manifest : throw new ArtifactException(ArtifactFiles.Manifest, problems.ToString());
    }

    /// <summary>The JSON form that <see cref="Parse"/> reads.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    private sealed record FormatOnly
    {
        public int Format { get; init; }
    }
}

/// <summary>What a version was learned from.</summary>
/// <param name="From">The time of the first event.</param>
/// <param name="To">The time of the last event.</param>
/// <param name="Events">The number of events.</param>
/// <param name="Digest">The digest of the dataset. Two versions that learned from the same data have the same digest.</param>
public sealed record DataWindow(DateTimeOffset From, DateTimeOffset To, long Events, string Digest);

/// <summary>The shape of a vocabulary and of its embedding table.</summary>
/// <param name="Rows">The number of all rows.</param>
/// <param name="OutOfVocabularyRows">The number of rows that unknown values share.</param>
public sealed record VocabularyShape(int Rows, int OutOfVocabularyRows);

/// <summary>What a file of a version must be.</summary>
/// <param name="Bytes">The length of the file.</param>
/// <param name="Sha256">The SHA-256 of the file, in lower-case hexadecimal.</param>
public sealed record ArtifactFile(long Bytes, string Sha256);
