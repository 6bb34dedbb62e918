using DinOrleans.Evaluation.Compare.Measures;
using DinOrleans.Model.Validation;
using DinOrleans.Training.Batches;
using DinOrleans.Training.Evaluation;
using DinOrleans.Training.Network;
using DinOrleans.Training.Samples.Rankings;
using DinOrleans.Training.Samples.Splits;
using DinOrleans.Training.Trainer;
using DinOrleans.Training.Versions;

namespace DinOrleans.Evaluation.Compare.Runs;

/// <summary>Trains one model with one seed and measures it on the test.</summary>
internal static class CompareRun
{
    private const int BatchSize = 256;

    /// <summary>Makes a run on the calling thread.</summary>
    /// <param name="data">The data to train and test on.</param>
    /// <param name="model">The model with its options.</param>
    /// <param name="seed">The seed of initial values, order and negatives.</param>
    /// <param name="time">Measures the speed.</param>
    /// <param name="progress">Receives a report a few times per second.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <exception cref="InvalidContentException">An option breaks a rule, or the log has nothing to learn from, for all tasks or for one.</exception>
    /// <exception cref="TrainingDivergedException">Training diverged.</exception>
    public static RunResult Run(
        ComparedData data, ComparedModel model, int seed, TimeProvider time, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        VersionOptions options = model.WithSeed(seed);
        var peak = new MemoryPeak(progress);
        SampleSet samples = SampleSet.Build(data.Log, options.Samples);
        TaskRules.RequirePositives(data.Log.Schema, samples.Training, options.Trainer.TaskWeights);
        FeatureEncoding encoding = FeatureEncoding.Learn(data.Log, samples.Counts, options.MinimumCount, options.OutOfVocabularyRows);
        using RankingNetwork network = NetworkFactory.CreateUntrained(data.Log, samples, encoding, options);
        long start = time.GetTimestamp();
        TrainingOutcome outcome = new RankingTrainer(network, options.Trainer, time)
            .Fit(new SampleData(samples, options.Trainer.BatchSize), peak, cancellationToken);
        TimeSpan trained = time.GetElapsedTime(start);

        SampleSplit test = data.Test(samples, options.Samples);
        return new()
        {
            Name = model.Name,
            Seed = seed,
            Fingerprint = model.Fingerprint(data.Fingerprint(), seed),
            Epochs = [.. outcome.Epochs.Select(EpochMeasures.Create)],
            BestEpoch = outcome.Best.Epoch,
            TrainingSeconds = trained.TotalSeconds,
            SamplesPerSecond = outcome.Epochs.Average(e => e.SamplesPerSecond),
            PeakMemoryMiB = peak.MiB(),
            Data = SampleSummary.Describe(data.Log.Schema, samples).ToString(),
            Tests = Measure(data, network, test, samples.Counts, cancellationToken),
            Validation = samples.Validation.Count == 0 ? [] : Measure(data, network, samples.Validation, samples.Counts, cancellationToken),
            Attention = AttentionExamples.Take(network, data.Log, test),
        };
    }

    private static IReadOnlyList<TestMeasures> Measure(
        ComparedData data, RankingNetwork network, SampleSplit rankings, TrainingCounts counts, CancellationToken cancellationToken)
    {
        IEnumerable<RankingBatch> batches = rankings.Batches(BatchSize, epoch: 0, shuffle: false);
        IReadOnlyList<TaskPredictions> predictions = RankingEvaluator.Predict(network, batches, cancellationToken);
        return
        [
            .. predictions.Zip(data.Log.Schema.Tasks)
                .SelectMany(p => data.Kinds(p.First).Select(k => TestMeasurement.Measure(p.Second.Name, k.Against, k.Predictions, counts.Items))),
        ];
    }
}
