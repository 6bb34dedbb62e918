using System.Text.Json;
using System.Text.Json.Nodes;
using DinOrleans.Model.Ranking;
using DinOrleans.Training.Samples;
using DinOrleans.Training.Versions;

namespace DinOrleans.Training.Compare;

/// <summary>
/// Reads what to compare: names, and a JSON object with an entry a name,
/// <c>{ "din": { "options": { … }, "training": { … }, "samples": { … } } }</c>. The entry "defaults" holds for all; an entry with a
/// "model" makes its name a variant of that model.
/// </summary>
public static class CompareSettings
{
    private const string Defaults = "defaults";
    private const string Seed = "seed";

    /// <summary>Reads the settings.</summary>
    /// <param name="names">What to compare, in order.</param>
    /// <param name="json">The object; null for the defaults of everything.</param>
    /// <param name="samples">What "samples" starts from.</param>
    /// <exception cref="InvalidDataException">A name is unknown or twice, an entry is not compared or breaks a rule.</exception>
    public static IReadOnlyList<ComparedModel> Read(IReadOnlyList<string> names, string? json, SampleOptions samples)
    {
        JsonObject entries = Object(json);
        if (names.Count == 0 || names.Distinct().Count() != names.Count)
        {
            throw new InvalidDataException("models: name at least one, and none twice.");
        }

        if (names.FirstOrDefault(name => name == Defaults || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')) is { } bad)
        {
            throw new InvalidDataException($"models: \"{bad}\" must be of letters, digits, '-', '_' and '.', and not \"{Defaults}\".");
        }

        if (entries.FirstOrDefault(e => e.Key != Defaults && !names.Contains(e.Key)).Key is { } stranger)
        {
            throw new InvalidDataException($"model options: \"{stranger}\" is none of the models compared, {string.Join(", ", names)}.");
        }

        IReadOnlyList<ComparedModel> models = [.. names.Select(name => Model(name, entries, samples))];
        if (models.Select(m => TestOf(m.Options.Samples)).Distinct().Count() > 1)
        {
            throw new InvalidDataException(
                "model options: holdOut, historyOrder, dropImmediateRepeats, testShare and attributionWindow decide what is tested on: "
                + $"state them in \"{Defaults}\", for all models.");
        }

        return models;
    }

    private static ComparedModel Model(string name, JsonObject entries, SampleOptions samples)
    {
        JsonObject merged = [];
        Merge(merged, Entry(entries, Defaults));
        Merge(merged, Entry(entries, name));
        Settings settings = Parse<Settings>(merged, name);
        string model = settings.Model ?? name;
        var version = new VersionOptions();
        version = version with
        {
            Model = model,
            ModelOptions = settings.Options?.ToJsonString(),
            Trainer = Over(version.Trainer, settings.Training, $"{name} training"),
            Samples = Over(samples, settings.Samples, $"{name} samples"),
            MinimumCount = settings.MinimumCount ?? version.MinimumCount,
            OutOfVocabularyRows = settings.OutOfVocabularyRows ?? version.OutOfVocabularyRows,
        };
        RankingModels.Normalise(model, version.ModelOptions);
        version.Samples.Validate();
        return version.Validate() is { Count: > 0 } problems
            ? throw new InvalidDataException($"model options: {name}: {string.Join("; ", problems)}.")
            : new(name, version);
    }

    /// <summary>Options with some of their fields replaced.</summary>
    private static T Over<T>(T options, JsonObject? fields, string what)
    {
        if (fields?.ContainsKey(Seed) == true)
        {
            throw new InvalidDataException($"model options: {what}: {Seed} is set by the number of seeds.");
        }

        var all = (JsonObject)JsonSerializer.SerializeToNode(options, CompareJson.Options)!;
        Merge(all, fields);
        return Parse<T>(all, what);
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

    private static JsonObject? Entry(JsonObject entries, string name) => entries[name] switch
    {
        null => null,
        JsonObject entry => entry,
        _ => throw new InvalidDataException($"model options: \"{name}\" must be an object."),
    };

    private static JsonObject Object(string? json)
    {
        try
        {
            return json is null ? [] : JsonNode.Parse(json) as JsonObject ?? throw new InvalidDataException("model options: must be an object with an entry a model.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"model options: {e.Message}", e);
        }
    }

    private static T Parse<T>(JsonObject json, string what)
    {
        try
        {
            return json.Deserialize<T>(CompareJson.Options)!;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"model options: {what}: {e.Message}", e);
        }
    }

    private static (HoldOut, HistoryOrder, bool, double, TimeSpan) TestOf(SampleOptions samples) =>
        (samples.HoldOut, samples.HistoryOrder, samples.DropImmediateRepeats, samples.TestShare, samples.AttributionWindow);

    /// <summary>An entry as written.</summary>
    private sealed record Settings
    {
        public string? Model { get; init; }

        public JsonObject? Options { get; init; }

        public JsonObject? Training { get; init; }

        public JsonObject? Samples { get; init; }

        public long? MinimumCount { get; init; }

        public int? OutOfVocabularyRows { get; init; }
    }
}
