using DinOrleans.Model.Ranking;
using DinOrleans.Training.Samples;
using DinOrleans.Training.Trainer;
using DinOrleans.Training.Trainer.Checkpoints;

namespace DinOrleans.Training.Versions;

/// <summary>What to train and how.</summary>
public sealed record VersionOptions
{
    /// <summary>The model's name.</summary>
    public string Model { get; init; } = Din.Name;

    /// <summary>The model's options as JSON; null for its defaults.</summary>
    public string? ModelOptions { get; init; }

    public SampleOptions Samples { get; init; } = new();

    public TrainerOptions Trainer { get; init; } = new();

    /// <summary>Values that occur in fewer events share the out-of-vocabulary rows, at least 1.</summary>
    public long MinimumCount { get; init; } = 2;

    /// <summary>Rows that unknown values share, of each feature, at least 1.</summary>
    public int OutOfVocabularyRows { get; init; } = 8;

    /// <summary>Folder of the version whose weights training starts from; null for fresh ones.</summary>
    public string? WarmStart { get; init; }

    /// <summary>Where training saves how far it is; null for nowhere.</summary>
    public CheckpointOptions? Checkpoint { get; init; }

    /// <summary>Lists every broken rule of the vocabularies' options; empty where they are valid.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> problems = [];
        if (MinimumCount < 1)
        {
            problems.Add("minimumCount must be at least 1");
        }

        if (OutOfVocabularyRows < 1)
        {
            problems.Add("outOfVocabularyRows must be at least 1");
        }

        return problems;
    }
}
