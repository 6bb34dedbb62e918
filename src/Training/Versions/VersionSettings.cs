using System.Text.Json;
using System.Text.Json.Nodes;
using DinOrleans.Model.Options;
using DinOrleans.Model.Ranking;
using DinOrleans.Training.Samples;

namespace DinOrleans.Training.Versions;

/// <summary>
/// What to train and how, by name: a JSON object with an entry a name,
/// <c>{ "din": { "options": { … }, "training": { … }, "samples": { … }, "minimumCount": 2, "outOfVocabularyRows": 8 } }</c>. The entry "defaults"
/// holds for all, and an entry with a "model" makes its name a variant of that model.
/// </summary>
public sealed class VersionSettings
{
    public const string Defaults = "defaults";
    private const string Seed = "seed";
    private const string Model = "model";

    private readonly JsonObject _entries;
    private readonly SampleOptions _samples;

    private VersionSettings(JsonObject entries, SampleOptions samples)
    {
        _entries = entries;
        _samples = samples;
    }

    /// <summary>Names of the entries, without <see cref="Defaults"/>.</summary>
    public IEnumerable<string> Names => _entries.Select(e => e.Key).Where(name => name != Defaults);

    /// <summary>Reads every entry.</summary>
    /// <param name="json">The object; null for the defaults of everything.</param>
    /// <param name="samples">What "samples" starts from.</param>
    /// <exception cref="InvalidDataException">It is no such object, or an entry is of no model or breaks a rule that takes no data to know.</exception>
    public static VersionSettings Read(string? json, SampleOptions samples)
    {
        var settings = new VersionSettings(Object(json), samples);

        if (settings.Entry(Defaults)?.ContainsKey(Model) == true)
        {
            throw new InvalidDataException($"{Defaults}: {Model} is not set here: it would make every name a variant of that model.");
        }

        // One that nobody asks for too: a misspelt name would else leave a model with its defaults, and say nothing.
        foreach (string name in settings.Names)
        {
            settings.Of(name);
        }

        return settings;
    }

    /// <summary>The options of a name: its entry over the defaults. Without an entry, those of the model of that name.</summary>
    /// <exception cref="InvalidDataException">There is no such entry and no such model, or the defaults do not fit the model.</exception>
    public VersionOptions Of(string name)
    {
        JsonObject merged = [];
        Merge(merged, Entry(Defaults));
        Merge(merged, Entry(name));
        List<string> problems = [];
        Fields? fields = OptionsJson.Read<Fields>(merged, problems);
        Require(name, ("", problems));
        string model = fields!.Model ?? name;
        if (!RankingModels.Names.Contains(model))
        {
            throw new InvalidDataException($"model \"{model}\" is unknown; known are {string.Join(", ", RankingModels.Names)}, and options may name variants of them.");
        }

        var version = new VersionOptions();
        List<string> training = [];
        List<string> samples = [];
        version = version with
        {
            Model = model,
            ModelOptions = fields.Options?.ToJsonString(),
            Trainer = Over(version.Trainer, fields.Training, training),
            Samples = Over(_samples, fields.Samples, samples),
            MinimumCount = fields.MinimumCount ?? version.MinimumCount,
            OutOfVocabularyRows = fields.OutOfVocabularyRows ?? version.OutOfVocabularyRows,
        };
        Require(name, ("options", RankingModels.Problems(model, layout: null, version.ModelOptions)), ("training", training), ("samples", samples));
        version.Check(name, schema: null);
        return version;
    }

    /// <summary>Throws where rules are broken.</summary>
    /// <param name="name">Whose.</param>
    /// <param name="sections">Fields of the entry with what is wrong in each; "" for the entry itself.</param>
    /// <exception cref="InvalidDataException">There are problems; the message lists them all.</exception>
    internal static void Require(string name, params ReadOnlySpan<(string Section, IReadOnlyList<string> Problems)> sections)
    {
        List<string> all = [];
        foreach ((string section, IReadOnlyList<string> problems) in sections)
        {
            if (problems.Count > 0)
            {
                all.Add($"{(section.Length == 0 ? name : $"{name} {section}")}: {string.Join("; ", problems)}.");
            }
        }

        if (all.Count > 0)
        {
            throw new InvalidDataException(string.Join(" ", all));
        }
    }

    /// <summary>Options with some of their fields replaced; as they were where a rule is broken.</summary>
    private static T Over<T>(T options, JsonObject? fields, List<string> problems)
        where T : class
    {
        if (fields?.ContainsKey(Seed) == true)
        {
            problems.Add($"{Seed} is not set here: \"train\" has --seed, and \"compare\" --seeds");
        }

        var all = (JsonObject)JsonSerializer.SerializeToNode(options, OptionsJson.Serializer)!;
        Merge(all, fields);
        return OptionsJson.Read<T>(all, problems) ?? options;
    }

    private static void Merge(JsonObject into, JsonObject? from)
    {
        foreach ((string key, JsonNode? value) in from ?? [])
        {
            if (value is JsonObject inner && into[key] is JsonObject outer)
            {
                Merge(outer, inner);
            }
            else
            {
                into[key] = value?.DeepClone();
            }
        }
    }

    private JsonObject? Entry(string name)
    {
        bool isThere = _entries.TryGetPropertyValue(name, out JsonNode? entry);
        return !isThere || entry is JsonObject ? entry as JsonObject : throw new InvalidDataException($"options: \"{name}\" must be an object.");
    }

    private static JsonObject Object(string? json)
    {
        try
        {
            return OptionsJson.Parse(json);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"options: {e.Message}.", e);
        }
    }

    /// <summary>An entry as written.</summary>
    private sealed record Fields
    {
        public string? Model { get; init; }

        public JsonObject? Options { get; init; }

        public JsonObject? Training { get; init; }

        public JsonObject? Samples { get; init; }

        public long? MinimumCount { get; init; }

        public int? OutOfVocabularyRows { get; init; }
    }
}
