using DinOrleans.Model.Artifacts;
using DinOrleans.TestLog;
using DinOrleans.TestMachine;
using DinOrleans.Training.Batches;
using DinOrleans.Training.Evaluation;
using DinOrleans.Training.Log;
using DinOrleans.Training.Network;
using DinOrleans.Training.Samples.Rankings;
using DinOrleans.Training.Samples.Splits;
using DinOrleans.Training.Trainer;
using DinOrleans.Training.Versions;

namespace DinOrleans.Training.Tests.Samples.Splits;

/// <summary>How high scores are: as high as labels of what is shown are often.</summary>
public sealed class LabelLevelTests : IDisposable
{
    private const double ClickRate = 0.04;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("base", false)]
    [InlineData("lr", false)]
    [InlineData("din", false)]
    [InlineData("base", true)]
    public void Fit_RareClicks_PredictsTheirRate(string model, bool clicksBefore)
    {
        TrainingLog log = Log(rankings: 1500, clicksBefore ? 2000 : 0);
        VersionOptions options = Options(model);
        SampleSet samples = SampleSet.Build(log, options.Samples);
        using RankingNetwork network = NetworkFactory.CreateUntrained(log, samples, FeatureEncoding.Learn(log, samples.Counts, 2, 8), options);
        var data = new SampleData(samples, options.Trainer.BatchSize);

        TrainingOutcome outcome = new RankingTrainer(network, options.Trainer, TimeProvider.System).Fit(data, null, TestContext.Current.CancellationToken);

        Assert.InRange(outcome.Best.Validation!.Tasks[0].Calibration, 0.75, 1.3);
    }

    [Theory]
    [InlineData("base")]
    [InlineData("lr")]
    [InlineData("afm")]
    [InlineData("deepfm")]
    [InlineData("two-tower")]
    public void Untrained_Scores_StartAtTheRateOfTheLabels(string model)
    {
        TrainingLog log = Log(rankings: 400, clicksBefore: 0);
        SampleSet samples = SampleSet.Build(log, new());
        using RankingNetwork network = NetworkFactory.CreateUntrained(log, samples, FeatureEncoding.Learn(log, samples.Counts, 2, 8), Options(model));

        float[] scores = RankingEvaluator.Predict(network, new SampleData(samples, 64).Validation(), TestContext.Current.CancellationToken)[0].Scores;

        Assert.InRange(scores.Order().ElementAt(scores.Length / 2), ClickRate / 2, ClickRate * 2);
    }

    [Fact]
    public void Epoch_SampledBeforeShown_AreShiftedByTheDifferenceOfTheirLogOdds()
    {
        TrainingLog log = Log(rankings: 300, clicksBefore: 300);
        SampleSet samples = SampleSet.Build(log, new());
        RankingBatch[] batches = [.. new SampleData(samples, batchSize: 64).Epoch(1)];

        LabelCounts shown = samples.Training.Shown;
        double odds = (double)(shown.Candidates - shown.Positives[0]) / shown.Positives[0];
        RankingBatch[] sampled = [.. batches.TakeWhile(b => b.LogitShift is not null)];
        Assert.Equal(samples.Training.Sampled.Rankings, sampled.Sum(b => b.Rankings));
        Assert.All(sampled, b => Assert.Equal(Math.Log(0.5 * odds), b.LogitShift![0], 0.1));
        Assert.All(batches.Skip(sampled.Length), b => Assert.Null(b.LogitShift));
    }

    [Theory]
    [InlineData("base", "{}", 300, true)]
    [InlineData("base", "{}", 0, false)]
    [InlineData("two-tower", """{ "loss": "inBatch" }""", 300, false)]
    public async Task RunAsync_Version_SaysWhetherScoresAreProbabilities(string model, string modelOptions, int rankings, bool areProbabilities)
    {
        VersionOptions options = Options(model) with { ModelOptions = modelOptions, Trainer = new() { Epochs = 1, Threads = 1 } };

        TrainedVersion trained = await VersionTrainer.TrainAsync(
            Log(rankings, clicksBefore: 200), options, _folder.Path, TimeProvider.System, null, TestContext.Current.CancellationToken);

        using Artifact version = Artifact.Open(trained.Folder);
        Assert.Equal(areProbabilities, version.Manifest.ScoresAreProbabilities);
        Assert.Equal(areProbabilities, version.Manifest.Calibration is [{ Task: "click", Bins.Count: 10 }]);
    }

    private static VersionOptions Options(string model) => new()
    {
        Model = model,
        Samples = new() { ValidationShare = 0.2 },
        Trainer = new() { Epochs = 1, Threads = 1 },
    };

    /// <summary>Ten items are shown at a time, and few clicked; before that, clicks without impressions.</summary>
    private static TrainingLog Log(int rankings, int clicksBefore)
    {
        var random = new Random(3);
        List<string> events = [.. Enumerable.Range(0, clicksBefore).Select(i => $"u{random.Next(80)} i{random.Next(100)} click {i / 10.0}")];
        for (int r = 0; r < rankings; r++)
        {
            string user = $"u{random.Next(80)}";
            string[] shown = [.. Enumerable.Range(0, 10).Select(_ => $"i{random.Next(100)}").Distinct()];
            events.AddRange(shown.Select(item => $"{user} {item} impression {1000 + r} r{r}"));
            events.AddRange(shown.Where(_ => random.NextDouble() < ClickRate).Select(item => $"{user} {item} click {1000 + r}.5 r{r}"));
        }

        return LogOf.Events(LogOf.Schema(), [.. Enumerable.Range(0, 100).Select(i => $"i{i}")], [.. events]);
    }
}
