using System.Text.Json;
using DinOrleans.Model.Options;
using DinOrleans.Model.Ranking;
using DinOrleans.Training.Samples;
using DinOrleans.Training.Trainer.Checkpoints;

namespace DinOrleans.Training.Versions;

/// <summary>What the training of a version is of, for its checkpoint.</summary>
internal static class VersionIdentity
{
    /// <param name="log">Trained on.</param>
    /// <param name="options">What and how.</param>
    /// <param name="startedFrom">The version that was started from; null for none.</param>
    public static TrainingIdentity Of(TrainingLog log, VersionOptions options, string? startedFrom)
    {
        using var modelOptions = JsonDocument.Parse(RankingModels.Normalise(options.Model, options.ModelOptions));
        string all = JsonSerializer.Serialize(
            new
            {
                options.Model,
                ModelOptions = modelOptions.RootElement,
                options.Samples,
                options.Trainer,
                options.MinimumCount,
                options.OutOfVocabularyRows,
                StartedFrom = startedFrom,
            },
            OptionsJson.Serializer);
        return new(log.Schema.ToJson(), all, log.Digest);
    }
}
