using System.Text.Json;
using DinOrleans.Model.Options;
using DinOrleans.Model.Ranking;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Schema;
using DinOrleans.Model.Validation;
using DinOrleans.Training.Checkpoints;
using DinOrleans.Training.Samples;
using DinOrleans.Training.Trainer;

namespace DinOrleans.Training.Versions;

/// <summary>The model that is trained, the samples that it learns from, and how it is trained. <see cref="VersionOptionsReader"/> reads them from JSON.</summary>
public sealed record VersionOptions
{
    private const long MaxMinimumCount = 1_000_000_000;
    private const int MaxOutOfVocabularyRows = 1_000_000;

    /// <summary>The model's name, such as <c>din</c>.</summary>
    public string Model { get; init; } = Din.Name;

    /// <summary>The model's options as a JSON object. Null stands for the model's defaults.</summary>
    public string? ModelOptions { get; init; }

    /// <summary>How samples are made from the training log.</summary>
    public SampleOptions Samples { get; init; } = new();

    /// <summary>How the network is trained.</summary>
    public TrainerOptions Trainer { get; init; } = new();

    /// <summary>
    /// The number of training events in which a value must occur to get an embedding row of its own, 1 to 1,000,000,000. Rarer values share
    /// the out-of-vocabulary rows.
    /// </summary>
    public long MinimumCount { get; init; } = 2;

    /// <summary>The number of out-of-vocabulary rows per categorical feature, 1 to 1,000,000.</summary>
    public int OutOfVocabularyRows { get; init; } = 8;

    /// <summary>How the numbers of the version's embedding tables are stored. Its stored sample is scored with numbers that are rounded so.</summary>
    public TableNumbers Tables { get; init; } = TableNumbers.Bits16;

    /// <summary>The folder of the version whose weights training starts from. Null starts from random weights.</summary>
    public string? WarmStart { get; init; }

    /// <summary>How training saves checkpoints. Null to save none.</summary>
    public CheckpointOptions? Checkpoint { get; init; }

    /// <summary>Throws if any option breaks a rule. It is called before anything is trained.</summary>
    /// <param name="name">The name of the options in error messages.</param>
    /// <param name="schema">The schema of the data to train on. Null leaves out the rules that need it.</param>
    /// <exception cref="InvalidContentException">
    /// There is no such model, or options break rules or do not fit the schema. The message lists all broken rules.
    /// </exception>
    public void Require(string name, FeatureSchema? schema) => ThrowIfAny(
        name,
        ("options", RankingModels.Check(Model, schema?.Layout(), ModelOptions)),
        ("training", Trainer.Check(schema?.Tasks.Count ?? Trainer.TaskWeights?.Count ?? 1)),
        ("samples", Samples.Check()),
        ("", [.. OwnProblems()]));

    /// <summary>
    /// Everything that decides the trained weights beside the data and the version that training starts from, with all defaults filled in,
    /// in the form of an entry of <see cref="VersionOptionsReader"/>, with the seeds.
    /// </summary>
    public JsonElement ToJson()
    {
        using var model = JsonDocument.Parse(RankingModels.CompleteOptions(Model, ModelOptions));
        return JsonSerializer.SerializeToElement(
            new { Model, Options = model.RootElement, Training = Trainer, Samples, MinimumCount, OutOfVocabularyRows }, OptionsJson.Serializer);
    }

    /// <summary>Throws if there are problems.</summary>
    /// <param name="name">The name of the options in the message.</param>
    /// <param name="sections">The problems of each field of the entry. The section "" is the entry itself.</param>
    /// <exception cref="InvalidContentException">There are problems. The message lists them all.</exception>
    internal static void ThrowIfAny(string name, params ReadOnlySpan<(string Section, IReadOnlyList<string> Problems)> sections)
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
            throw new InvalidContentException(string.Join(" ", all));
        }
    }

    private IEnumerable<string> OwnProblems()
    {
        if (MinimumCount is < 1 or > MaxMinimumCount)
        {
            yield return "minimumCount must be 1 to 1,000,000,000";
        }

        if (OutOfVocabularyRows is < 1 or > MaxOutOfVocabularyRows)
        {
            yield return "outOfVocabularyRows must be 1 to 1,000,000";
        }
    }
}
