using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using DinOrleans.Model.Options;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Schema;

/// <summary>
/// Describes the data of a shop: the features of items, users and contexts, the tasks to learn, and the events that form the behaviour
/// sequences. It is the file <c>schema.json</c> of a dataset folder, and every artifact keeps it.
/// </summary>
public sealed record FeatureSchema
{
    /// <summary>The feature that every item has. Its embedding is that of the item itself.</summary>
    public const string ItemId = "item_id";

    /// <summary>The type of the events that say which candidates a ranking showed.</summary>
    public const string Impression = "impression";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>The largest <c>schema.json</c> in bytes: far more than any that can be trained, and few enough to read at once.</summary>
    private const int MaxFileLength = 1 << 20;

    /// <summary>The categorical features of items. <c>item_id</c> is always one of them.</summary>
    public required IReadOnlyList<CategoricalFeature> ItemFeatures { get; init; }

    /// <summary>The categorical features of users.</summary>
    public IReadOnlyList<CategoricalFeature> UserFeatures { get; init; } = [];

    /// <summary>The categorical features of the moment, for example the device.</summary>
    public IReadOnlyList<CategoricalFeature> ContextFeatures { get; init; } = [];

    /// <summary>The numeric features of items, users and contexts.</summary>
    public IReadOnlyList<NumericFeature> NumericFeatures { get; init; } = [];

    /// <summary>The tasks to predict. A model computes one logit per task.</summary>
    public required IReadOnlyList<RankingTask> Tasks { get; init; }

    /// <summary>How the tasks' probabilities become the score by which candidates are ranked. Null means their product.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RankingScoreRule? RankingScore { get; init; }

    /// <summary>The main behaviour sequence.</summary>
    public required BehaviourSequence Behaviours { get; init; }

    /// <summary>The sequences besides <see cref="Behaviours"/>, at most <see cref="NamedSequence.Most"/>; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<NamedSequence>? Sequences { get; init; }

    /// <summary>Every sequence: <see cref="Behaviours"/>, then each of <see cref="Sequences"/>.</summary>
    [JsonIgnore]
    public IReadOnlyList<BehaviourSequence> AllSequences => [Behaviours, .. (Sequences ?? []).Select(s => s.Cut(Behaviours))];

    /// <summary>Other event types that may be sent, for example "impression".</summary>
    public IReadOnlyList<string> OtherEvents { get; init; } = [];

    /// <summary>Every event type that may be sent: those of the tasks, of the main behaviour sequence, and the others.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> EventTypes =>
        [.. Tasks.SelectMany(t => t.PositiveEvents).Concat(Behaviours.Events).Concat(OtherEvents).Distinct()];

    /// <summary>The categorical features of one source, in schema order.</summary>
    public IReadOnlyList<CategoricalFeature> Categorical(FeatureSource source) => source switch
    {
        FeatureSource.Item => ItemFeatures,
        FeatureSource.User => UserFeatures,
        FeatureSource.Context => ContextFeatures,
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "Unknown feature source."),
    };

    /// <summary>The numeric features of one source, in schema order.</summary>
    public IEnumerable<NumericFeature> Numeric(FeatureSource source) => NumericFeatures.Where(f => f.Source == source);

    /// <summary>Reads and checks a schema.</summary>
    /// <param name="json">The content of a <c>schema.json</c>.</param>
    /// <exception cref="InvalidContentException">The text is not a schema, or breaks rules. The message lists them.</exception>
    public static FeatureSchema Parse(string json)
    {
        try
        {
            JsonObject fields = OptionsJson.Parse(json);
            Problems problems = [.. OptionsJson.Check(fields, typeof(FeatureSchema), Json)];
            FeatureSchema? schema = problems.Count == 0 ? fields.Deserialize<FeatureSchema>(Json) : null;
            problems.AddRange(schema is null ? [] : FeatureSchemaRules.Check(schema));
            return schema is not null && problems.Count == 0 ? schema : throw new InvalidContentException(problems.ToString());
        }
        catch (JsonException e)
        {
            throw new InvalidContentException($"schema.json: {JsonProblem.Describe(e)}", e);
        }
        catch (InvalidContentException e)
        {
            throw new InvalidContentException($"schema.json: {e.Message}", e);
        }
    }

    /// <summary>Reads and checks a schema file.</summary>
    /// <exception cref="InvalidContentException">The file is missing, cannot be read, is not a schema, or breaks rules.</exception>
    public static FeatureSchema Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new InvalidContentException($"There is no file {path}.");
        }

        try
        {
            return new FileInfo(path).Length <= MaxFileLength
                ? Parse(File.ReadAllText(path))
                : throw new InvalidContentException($"schema.json: must be at most {MaxFileLength} bytes.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidContentException($"{path}: the file cannot be opened to read it; is this user allowed to?", e);
        }
    }

    /// <summary>The JSON form that <see cref="Parse"/> reads.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);
}

/// <summary>A feature whose values are ids. Each value of its vocabulary has an embedding.</summary>
/// <param name="Name">The name of its column: lower-case letters, digits and underscores, starting with a letter.</param>
/// <param name="Dimension">The width of the embedding, 1 to 512 floats.</param>
public sealed record CategoricalFeature(string Name, int Dimension);

/// <summary>What a feature describes.</summary>
public enum FeatureSource
{
    Item,
    User,
    Context,
}

/// <summary>How a number is scaled to near mean 0 and variance 1. The statistics come from the training window.</summary>
public enum Normalisation
{
    /// <summary>The number is used as it is.</summary>
    None,

    /// <summary>(x − mean) / standard deviation.</summary>
    Standard,

    /// <summary>The standard scaling of sign(x)·ln(1 + |x|), for long tails such as prices.</summary>
    LogStandard,
}

/// <summary>A feature whose values are numbers. A missing value counts as the mean.</summary>
/// <param name="Name">The name of its column.</param>
/// <param name="Source">The owner of the feature: an item, a user or a context.</param>
/// <param name="Normalisation">The kind of scaling.</param>
public sealed record NumericFeature(string Name, FeatureSource Source, Normalisation Normalisation = Normalisation.Standard);

/// <summary>Something to predict.</summary>
/// <param name="Name">The task's name in REST answers, for example "click".</param>
/// <param name="PositiveEvents">The event types that make an impression a positive.</param>
public sealed record RankingTask(string Name, IReadOnlyList<string> PositiveEvents);

/// <summary>How the probabilities of the tasks become one score.</summary>
public enum RankingScoreKind
{
    /// <summary>Π p_k^w_k, with w_k from 0 to 1,000.</summary>
    Product,

    /// <summary>Σ w_k·p_k, with w_k from −1,000 to 1,000. It is negative for what is to be avoided, such as a report.</summary>
    Sum,
}

/// <summary>The rule of the score by which candidates are ranked.</summary>
/// <param name="Kind">Product or sum.</param>
/// <param name="Weights">w_k by task name. A task that is not named does not count. Null weighs every task by 1.</param>
public sealed record RankingScoreRule(RankingScoreKind Kind = RankingScoreKind.Product, IReadOnlyDictionary<string, double>? Weights = null);
