using System.Security.Cryptography;
using System.Text;
using DinOrleans.Model.Ranking;
using DinOrleans.Model.Validation;
using DinOrleans.Training.Samples;
using DinOrleans.Training.Versions;

namespace DinOrleans.Evaluation.Compare.Runs;

/// <summary>One row of a comparison: a model with all its options.</summary>
/// <param name="Name">The name in the report: the name of the model or of a variant.</param>
/// <param name="Options">The options of the model and its training. Each run sets its own seed.</param>
public sealed record ComparedModel(string Name, VersionOptions Options)
{
    /// <summary>The model that RelaImpr is measured against.</summary>
    public const string Base = BaseModel.Name;

    /// <summary>
    /// Reads which models to compare. The options may have more entries than are compared, so that one file serves <c>train</c> and every
    /// comparison.
    /// </summary>
    /// <param name="names">The names to compare, in the order of the report.</param>
    /// <param name="json">The options as <see cref="VersionOptionsReader"/> takes them. Null gives every model its default options.</param>
    /// <param name="samples">The sample options that the "samples" of an entry change.</param>
    /// <exception cref="InvalidContentException">A name is unknown or repeated, or an entry names no known model or breaks a rule.</exception>
    public static IReadOnlyList<ComparedModel> ReadAll(IReadOnlyList<string> names, string? json, SampleOptions samples)
    {
        if (names.Count == 0 || names.Distinct().Count() != names.Count)
        {
            throw new InvalidContentException("models must name at least one model, and each only once.");
        }

        if (names.FirstOrDefault(name => name == VersionOptionsReader.Defaults || !name.All(IsOfName)) is { } bad)
        {
            throw new InvalidContentException($"models: \"{bad}\" must be of letters, digits, '-', '_' and '.', and not \"{VersionOptionsReader.Defaults}\".");
        }

        var reader = new VersionOptionsReader(json, samples);
        IReadOnlyList<ComparedModel> models = [.. names.Select(name => new ComparedModel(name, reader.Read(name)))];
        if (models.Select(m => TestOf(m.Options.Samples)).Distinct().Count() > 1)
        {
            throw new InvalidContentException(
                "options: holdOut, historyOrder, dropImmediateRepeats, testShare and attributionWindow decide what is tested on: "
                + $"state them in \"{VersionOptionsReader.Defaults}\", for all models.");
        }

        return models;
    }

    /// <summary>The options of a run.</summary>
    public VersionOptions WithSeed(int seed) =>
        Options with { Trainer = Options.Trainer with { Seed = seed }, Samples = Options.Samples with { Seed = seed } };

    /// <summary>The model, trained on a number of threads.</summary>
    /// <param name="threads">The number of threads, at least 1.</param>
    public ComparedModel WithThreads(int threads) => this with { Options = Options with { Trainer = Options.Trainer with { Threads = threads } } };

    /// <summary>A text that is equal only for runs of the same data, test, options and seed.</summary>
    /// <param name="test">The fingerprint of data and test.</param>
    /// <param name="seed">The seed of the run.</param>
    public string Fingerprint(string test, int seed) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{test}\n{WithSeed(seed).ToJson().GetRawText()}")));

    private static bool IsOfName(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';

    private static (HoldOut, HistoryOrder, bool, double, TimeSpan) TestOf(SampleOptions samples) =>
        (samples.HoldOut, samples.HistoryOrder, samples.DropImmediateRepeats, samples.TestShare, samples.AttributionWindow);
}
