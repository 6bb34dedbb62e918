using DinOrleans.Export;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Ranking;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Tensors;
using DinOrleans.Model.Validation;
using DinOrleans.Training.Checkpoints;
using DinOrleans.Training.Evaluation;
using DinOrleans.Training.Log;
using DinOrleans.Training.Network;
using DinOrleans.Training.Network.Embeddings;
using DinOrleans.Training.Samples.Splits;
using DinOrleans.Training.Torch;
using DinOrleans.Training.Trainer;

namespace DinOrleans.Training.Versions;

/// <summary>Trains a version from a log: makes samples, vocabularies and a network, finds the best epoch, and writes the artifact.</summary>
public static class VersionTrainer
{
    /// <summary>Trains a version and writes its artifact.</summary>
    /// <param name="log">The log to learn from.</param>
    /// <param name="options">The model, its samples and how it is trained.</param>
    /// <param name="folder">The folder that gets a subfolder named by the version.</param>
    /// <param name="time">Dates the version and measures the speed.</param>
    /// <param name="progress">Receives a report a few times per second. May be null.</param>
    /// <param name="cancellationToken">Stops between steps. Nothing but the checkpoint is written then.</param>
    /// <param name="prepared">Receives a summary of the samples before training starts. May be null.</param>
    /// <returns>The version's folder and the outcome of its training.</returns>
    /// <exception cref="InvalidContentException">An option breaks a rule, or the log has nothing to learn from, for all tasks or for one.</exception>
    /// <exception cref="TrainingDivergedException">The loss, a gradient or a weight became NaN or infinite.</exception>
    /// <exception cref="ArtifactException">The version to start from is damaged or does not fit.</exception>
    /// <exception cref="CheckpointException">
    /// The checkpoint to resume is missing, damaged or of another training, or there is a checkpoint although training is not to resume.
    /// </exception>
    public static async Task<TrainedVersion> TrainAsync(
        TrainingLog log,
        VersionOptions options,
        string folder,
        TimeProvider time,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken,
        Action<SampleSummary>? prepared = null)
    {
        options.Require(options.Model, log.Schema);
        options.Checkpoint?.Require();
        SampleSet samples = SampleSet.Build(log, options.Samples);
        prepared?.Invoke(SampleSummary.Describe(log.Schema, samples));
        TaskRules.RequirePositives(log.Schema, samples.Training, options.Trainer.TaskWeights);
        using Artifact? from = options.WarmStart is { } earlier ? Artifact.Open(earlier) : null;
        if (from is not null)
        {
            WarmStart.Require(from, log.Schema, options);
        }

        FeatureEncoding encoding = EncodingFile.ReadOrWrite(
            options.Checkpoint,
            () => FeatureEncoding.Learn(log, samples.Counts, options.MinimumCount, options.OutOfVocabularyRows, from?.Vocabularies));
        TrainingCheckpoint? checkpoint = options.Checkpoint is { } where ? new(where, VersionIdentity.Describe(log, options, from?.Manifest.Version)) : null;
        return await TorchThreads.RunAsync(
            () =>
            {
                using RankingNetwork network = NetworkFactory.CreateUntrained(log, samples, encoding, options);
                if (from is not null)
                {
                    WarmStart.Apply(from, network, encoding.Vocabularies);
                }

                var data = new SampleData(samples, options.Trainer.BatchSize);
                TrainingOutcome outcome = new RankingTrainer(network, options.Trainer, time).Fit(data, progress, cancellationToken, checkpoint);
                RoundTables(network, options.Tables);
                bool areProbabilities = !network.LearnsInBatch && LabelLevel.Measure(samples).AreProbabilities;
                ArtifactContent content = Content(log, options, encoding, network, outcome, data) with
                {
                    StartedFrom = from?.Manifest.Version,
                    ScoresAreProbabilities = areProbabilities,
                    Calibration = areProbabilities ? CalibrationMeasure.Measure(network, log.Schema, data.Validation(), cancellationToken) : null,
                };
                return new TrainedVersion(ArtifactWriter.Write(content, folder, time), outcome);
            },
            cancellationToken).ConfigureAwait(false);
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
            TableNumbers = options.Tables,
            Scalers = encoding.Scalers,
            Metrics = Metrics(outcome),
            Data = new(log.Window.From, log.Window.To, log.Events.Item.Length, log.Digest),
            StoredSample = StoredSampleSource.Take(network, log, data.Epoch(1).First()),
        };

    /// <summary>Rounds the trained tables to the numbers that the version stores, so that its stored sample is scored with what will serve.</summary>
    /// <exception cref="TrainingDivergedException">A weight is too large to be stored.</exception>
    private static void RoundTables(RankingNetwork network, TableNumbers numbers)
    {
        foreach (TrainableTable table in network.Embeddings.Tables)
        {
            numbers.Round(table.Values, table.Dimension);
        }

        if (FiniteWeights.FindBroken(network) is { } broken)
        {
            throw new TrainingDivergedException($"{broken} has a weight that is too large for tables of {numbers}.");
        }
    }

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
