using DinOrleans.Export;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Ranking;
using DinOrleans.Model.Tensors;
using DinOrleans.Training.Samples;
using DinOrleans.Training.Trainer;
using DinOrleans.Training.Trainer.Checkpoints;

namespace DinOrleans.Training.Versions;

/// <summary>Trains a version from a log: samples, vocabularies, network, best epoch, artifact.</summary>
public static class VersionTraining
{
    /// <summary>Trains and writes a version.</summary>
    /// <param name="log">What to learn from.</param>
    /// <param name="options">What to train and how.</param>
    /// <param name="folder">Gets a subfolder named by the version.</param>
    /// <param name="time">Dates the version.</param>
    /// <param name="progress">Told a few times a second; may be null.</param>
    /// <param name="cancellationToken">Stops between steps; nothing but the checkpoint is written then.</param>
    /// <param name="prepared">Told what is learned from, before training starts; may be null.</param>
    /// <returns>The version's folder and what training came to.</returns>
    /// <exception cref="InvalidDataException">An option breaks a rule, or the log has nothing to learn from, for all tasks or for one.</exception>
    /// <exception cref="TrainingDivergedException">The loss, a gradient or a weight became no number or infinite.</exception>
    /// <exception cref="ArtifactException">The version to start from is damaged or does not fit.</exception>
    /// <exception cref="CheckpointException">There is none to resume, it is damaged or of another training; or there is one already.</exception>
    public static async Task<TrainedVersion> RunAsync(
        TrainingLog log,
        VersionOptions options,
        string folder,
        TimeProvider time,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken,
        Action<SampleSummary>? prepared = null)
    {
        options.Check(options.Model, log.Schema);
        options.Checkpoint?.Validate();
        SampleSet samples = SampleSet.Build(log, options.Samples);
        prepared?.Invoke(SampleSummary.Of(log.Schema, samples));
        TaskRules.RequirePositives(log.Schema, samples.Training, options.Trainer.TaskWeights);
        using Artifact? from = options.WarmStart is { } earlier ? Artifact.Open(earlier) : null;
        if (from is not null)
        {
            WarmStart.Check(from, log.Schema, options);
        }

        var data = new SampleData(samples, options.Trainer.BatchSize);
        FeatureEncoding encoding = FeatureEncoding.Learn(
            log, samples.Counts, options.MinimumCount, options.OutOfVocabularyRows, from?.Vocabularies);
        TrainingCheckpoint? checkpoint = options.Checkpoint is { } where ? new(where, VersionIdentity.Describe(log, options, from?.Manifest.Version)) : null;

        // One thread from the first tensor to the last: dispose scopes belong to a thread.
        return await Task.Factory.StartNew(
            () =>
            {
                using RankingNetwork network = NetworkFactory.Untrained(log, samples, encoding, options);
                if (from is not null)
                {
                    WarmStart.Apply(from, network, encoding.Vocabularies);
                }

                TrainingOutcome outcome = new RankingTrainer(network, options.Trainer, time).Fit(data, progress, cancellationToken, checkpoint);
                ArtifactContent content = Content(log, options, encoding, network, outcome, data) with
                {
                    StartedFrom = from?.Manifest.Version,
                    ScoresAreProbabilities = !network.LearnsInBatch && LabelLevel.Of(samples).AreProbabilities,
                };
                return new TrainedVersion(ArtifactWriter.Write(content, folder, time), outcome);
            },
            cancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).ConfigureAwait(false);
    }

    private static ArtifactContent Content(
        TrainingLog log, VersionOptions options, FeatureEncoding encoding, RankingNetwork network, TrainingOutcome outcome, SampleData data) => new()
        {
            Schema = log.Schema,
            Model = options.Model,
            Options = RankingModels.CompleteOptions(options.Model, options.ModelOptions),
            Parameters = network.Parameters.Export(),
            Vocabularies = encoding.Vocabularies,
            Tables = network.Embeddings.Tables.ToDictionary(t => t.Key, t => new ParameterValue([t.Rows, t.Dimension], t.Values)),
            Scalers = encoding.Scalers,
            Metrics = Metrics(outcome),
            Data = new(log.Window.From, log.Window.To, log.Events.Item.Length, log.Digest),
            StoredSample = StoredSampleSource.Take(network, log, data.Epoch(1).First()),
        };

    private static Dictionary<string, double> Metrics(TrainingOutcome outcome)
    {
        Dictionary<string, double> metrics = new() { ["epoch"] = outcome.Best.Epoch, ["trainingLoss"] = outcome.Best.Loss };
        if (outcome.Best.Validation is { } validation)
        {
            metrics["auc"] = validation.Auc;
            metrics["gauc"] = validation.Gauc;
            metrics["logLoss"] = validation.LogLoss;
        }

        // JSON has no NaN: a measure that the validation could not give is left out.
        return metrics.Where(m => double.IsFinite(m.Value)).ToDictionary();
    }
}

/// <summary>A version as trained.</summary>
/// <param name="Folder">Where it was written; the last segment is the version.</param>
/// <param name="Outcome">What training came to.</param>
public sealed record TrainedVersion(string Folder, TrainingOutcome Outcome)
{
    public string Version => Path.GetFileName(Folder);
}
