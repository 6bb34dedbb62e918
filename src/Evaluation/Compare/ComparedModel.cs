using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DinOrleans.Model.Ranking;
using DinOrleans.Model.Schema;
using DinOrleans.Training.Versions;

namespace DinOrleans.Evaluation.Compare;

/// <summary>One row of a comparison: a model with all its options.</summary>
/// <param name="Name">What the report calls it: the model's name, or a name of its own for a variant.</param>
/// <param name="Options">What to train and how; the seeds are a run's.</param>
public sealed record ComparedModel(string Name, VersionOptions Options)
{
    /// <summary>The model that RelaImpr is measured against.</summary>
    public const string Base = BaseModel.Name;

    /// <summary>All options in full as JSON.</summary>
    public JsonElement Settings() => JsonSerializer.SerializeToElement(
        new
        {
            model = Options.Model,
            options = JsonSerializer.Deserialize<JsonElement>(RankingModels.Normalise(Options.Model, Options.ModelOptions)),
            training = Options.Trainer,
            samples = Options.Samples,
            Options.MinimumCount,
            Options.OutOfVocabularyRows,
        },
        CompareJson.Options);

    /// <summary>Checks the options before anything is trained.</summary>
    /// <exception cref="InvalidDataException">They break a rule, or do not fit the schema.</exception>
    public void Check(FeatureSchema schema) => Options.Check(Name, schema);

    /// <summary>The options of a run.</summary>
    public VersionOptions WithSeed(int seed) =>
        Options with { Trainer = Options.Trainer with { Seed = seed }, Samples = Options.Samples with { Seed = seed } };

    /// <summary>The model, trained on a number of threads.</summary>
    /// <param name="threads">0 is one per processor.</param>
    public ComparedModel WithThreads(int threads) => this with { Options = Options with { Trainer = Options.Trainer with { Threads = threads } } };

    /// <summary>Says whether an earlier run was the same: of the same data, test, options and seed.</summary>
    /// <param name="test">Identifies data and test.</param>
    /// <param name="seed">Of the run.</param>
    public string Fingerprint(string test, int seed) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{test}\n{(this with { Options = WithSeed(seed) }).Settings().GetRawText()}")));
}
