using System.Text.Json;
using System.Text.Json.Nodes;
using DinOrleans.Model.Options;
using DinOrleans.Model.Ranking;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Validation;
using DinOrleans.Training.Samples;

namespace DinOrleans.Training.Versions;

/// <summary>
/// Reads <see cref="VersionOptions"/> by name from a JSON object that has one entry per name:
/// <c>{ "din": { "options": { … }, "training": { … }, "samples": { … }, "minimumCount": 2, "outOfVocabularyRows": 8 } }</c>. The entry
/// "defaults" applies to every name, and an entry with a "model" makes its name a variant of that model.
/// </summary>
public sealed class VersionOptionsReader
{
    /// <summary>The name of the entry that applies to every name.</summary>
    public const string Defaults = "defaults";

    private const string Seed = "seed";
    private const string Model = "model";

    private readonly JsonObject _entries;
    private readonly SampleOptions _samples;

    /// <summary>Parses the object and checks every entry, also those that are never asked for.</summary>
    /// <param name="json">The object as text. Null gives every model its default options.</param>
    /// <param name="samples">The sample options that the "samples" of an entry change.</param>
    /// <exception cref="InvalidContentException">
    /// The text is not such an object, an entry names no known model, or an entry breaks a rule that can be checked without data.
    /// </exception>
    public VersionOptionsReader(string? json, SampleOptions samples)
    {
        _entries = Parse(json);
        _samples = samples;
        if (Entry(Defaults)?.ContainsKey(Model) == true)
        {
            throw new InvalidContentException($"{Defaults}: {Model} must not be set here, because it would make every name a variant of that model.");
        }

        // A misspelt name would otherwise leave the intended model with its defaults, without a word.
        foreach (string name in Names)
        {
            Read(name);
        }
    }

    /// <summary>The names of the entries, without <see cref="Defaults"/>.</summary>
    public IEnumerable<string> Names => _entries.Select(e => e.Key).Where(name => name != Defaults);

    /// <summary>Reads the options of a name: its entry over the defaults. A model's name needs no entry.</summary>
    /// <exception cref="InvalidContentException">Neither an entry nor a model has this name, or the defaults do not fit the model.</exception>
    public VersionOptions Read(string name)
    {
        JsonObject merged = [];
        Merge(merged, Entry(Defaults));
        Merge(merged, Entry(name));
        List<string> problems = [];
        Fields? fields = OptionsJson.Read<Fields>(merged, problems);
        VersionOptions.ThrowIfAny(name, ("", problems));
        string model = fields!.Model ?? name;
        if (!RankingModels.Names.Contains(model))
        {
            throw new InvalidContentException(
                $"model \"{model}\" is unknown. The models are {string.Join(", ", RankingModels.Names)}, and the options may name variants of them.");
        }

        var version = new VersionOptions();
        List<string> training = [];
        List<string> samples = [];
        version = version with
        {
            Model = model,
            ModelOptions = fields.Options?.ToJsonString(),
            Trainer = Replace(version.Trainer, fields.Training, training),
            Samples = Replace(_samples, fields.Samples, samples),
            MinimumCount = fields.MinimumCount ?? version.MinimumCount,
            OutOfVocabularyRows = fields.OutOfVocabularyRows ?? version.OutOfVocabularyRows,
            Tables = fields.Tables ?? version.Tables,
        };
        VersionOptions.ThrowIfAny(
            name, ("options", RankingModels.Check(model, layout: null, version.ModelOptions)), ("training", training), ("samples", samples));
        version.Require(name, schema: null);
        return version;
    }

    /// <summary>Replaces some fields of options. Where a field breaks a rule, the options stay as they were.</summary>
    private static T Replace<T>(T options, JsonObject? fields, List<string> problems)
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
        return !isThere || entry is JsonObject ? entry as JsonObject : throw new InvalidContentException($"options: \"{name}\" must be an object.");
    }

    private static JsonObject Parse(string? json)
    {
        try
        {
            return OptionsJson.Parse(json);
        }
        catch (InvalidContentException e)
        {
            throw new InvalidContentException($"options: {e.Message}.", e);
        }
    }

    /// <summary>An entry as it is written.</summary>
    private sealed record Fields
    {
        public string? Model { get; init; }

        public JsonObject? Options { get; init; }

        public JsonObject? Training { get; init; }

        public JsonObject? Samples { get; init; }

        public long? MinimumCount { get; init; }

        public int? OutOfVocabularyRows { get; init; }

        public TableNumbers? Tables { get; init; }
    }
}
