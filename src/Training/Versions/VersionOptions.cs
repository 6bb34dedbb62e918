using DinOrleans.Model.Ranking;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Schema;
using DinOrleans.Training.Samples;
using DinOrleans.Training.Trainer;
using DinOrleans.Training.Trainer.Checkpoints;

namespace DinOrleans.Training.Versions;

/// <summary>What to train and how.</summary>
public sealed record VersionOptions
{
    private const long MaxMinimumCount = 1_000_000_000;
    private const int MaxOutOfVocabularyRows = 1_000_000;

    /// <summary>The model's name.</summary>
    public string Model { get; init; } = Din.Name;

    /// <summary>The model's options as JSON; null for its defaults.</summary>
    public string? ModelOptions { get; init; }

    public SampleOptions Samples { get; init; } = new();

    public TrainerOptions Trainer { get; init; } = new();

    /// <summary>Values that occur in fewer events share the out-of-vocabulary rows, 1 to 1,000,000,000.</summary>
    public long MinimumCount { get; init; } = 2;

    /// <summary>Rows that unknown values share, of each feature, 1 to 1,000,000.</summary>
    public int OutOfVocabularyRows { get; init; } = 8;

    /// <summary>Folder of the version whose weights training starts from; null for fresh ones.</summary>
    public string? WarmStart { get; init; }

    /// <summary>Where training saves how far it is; null for nowhere.</summary>
    public CheckpointOptions? Checkpoint { get; init; }

    /// <summary>Checks all options before anything is trained.</summary>
    /// <param name="name">What the message calls them.</param>
    /// <param name="schema">Of the data to train on; null to check what takes no data to know.</param>
    /// <exception cref="InvalidDataException">There is no such model, or options break rules or do not fit the schema; the message lists them all.</exception>
    public void Check(string name, FeatureSchema? schema) => VersionSettings.Require(
        name,
        ("options", RankingModels.Problems(Model, schema?.Layout(), ModelOptions)),
        ("training", Trainer.Validate(schema?.Tasks.Count ?? Trainer.TaskWeights?.Count ?? 1)),
        ("samples", Samples.Problems()),
        ("", [.. OwnProblems()]));

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
