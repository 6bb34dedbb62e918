using DinOrleans.Datasets;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Schema;
using DinOrleans.TestLog;
using DinOrleans.TestMachine;
using DinOrleans.Training.Log;
using DinOrleans.Training.Versions;

namespace DinOrleans.Evaluation.Tests;

public sealed class PairsEvaluationTests : IDisposable
{
    private static readonly FeatureSchema Schema = LogOf.Schema(10, new RankingTask("click", ["click"]), new RankingTask("buy", ["buy"]));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Evaluate_RankingScoreOfTheVersion_IsWhatRanks()
    {
        TrainingLog log = LogOf.Events(Schema, ["n", "m"], [.. Enumerable.Range(0, 12).SelectMany(User)]);
        var options = new VersionOptions
        {
            Model = "base",
            ModelOptions = """{ "topUnits": [8], "activation": "relu" }""",
            MinimumCount = 1,
            Trainer = new() { Epochs = 1, Threads = 1 },
        };
        TrainedVersion version = await VersionTrainer.TrainAsync(
            log, options, _folder.Path, TimeProvider.System, progress: null, TestContext.Current.CancellationToken);

        double forClicks = Gauc(version.Folder, log, RankingScoreKind.Sum, 1);
        Assert.NotEqual(0.5, forClicks);
        Assert.Equal(forClicks, Gauc(version.Folder, log, RankingScoreKind.Product, 3), 1e-9);
        Assert.Equal(1 - forClicks, Gauc(version.Folder, log, RankingScoreKind.Sum, -1), 1e-9);
    }

    [Fact]
    public async Task Evaluate_ScoresOfZeroToOne_MeasuresTheirLevelToo()
    {
        TrainingLog log = LogOf.Events(Schema, ["n", "m"], [.. Enumerable.Range(0, 12).SelectMany(User)]);
        var options = new VersionOptions { Model = "base", MinimumCount = 1, Trainer = new() { Epochs = 1, Threads = 1 } };
        TrainedVersion version = await VersionTrainer.TrainAsync(
            log, options, _folder.Path, TimeProvider.System, progress: null, TestContext.Current.CancellationToken);

        PairsResult result = Evaluate(version.Folder, log, RankingScoreKind.Product, 1);
        Assert.False(result.ScoresAreProbabilities);
        Assert.InRange(result.Uniform.LogLoss!.Value, 0.1, 3);
        Assert.InRange(result.Popular.Calibration!.Value, 0.1, 2);

        PairsMeasure negative = Evaluate(version.Folder, log, RankingScoreKind.Sum, -1).Uniform;
        Assert.Equal((null, null), (negative.LogLoss, negative.Calibration));
    }

    private static IEnumerable<string> User(int user) =>
        [$"u{user} i{user % 5} click 1", $"u{user} i{(user + 1) % 5} click 2", $"u{user} i{(user + 1) % 5} buy 3", $"u{user} i{(user + 2) % 5} click 4"];

    /// <summary>Of the same weights, ranked by the click alone.</summary>
    private static double Gauc(string folder, TrainingLog log, RankingScoreKind kind, double weight) => Evaluate(folder, log, kind, weight).Uniform.Gauc;

    private static PairsResult Evaluate(string folder, TrainingLog log, RankingScoreKind kind, double weight)
    {
        string path = Path.Combine(folder, "manifest.json");
        ArtifactManifest manifest = ArtifactManifest.Parse(File.ReadAllText(path));
        var rule = new RankingScoreRule(kind, new Dictionary<string, double> { ["click"] = weight });
        File.WriteAllText(path, (manifest with { Schema = manifest.Schema with { RankingScore = rule } }).ToJson());
        using Artifact artifact = Artifact.Open(folder);
        RankingPair[] pairs = [.. Enumerable.Range(0, 12).Select(u => new RankingPair($"u{u}", $"i{(u + 2) % 5}", "n", "m"))];
        return PairsEvaluation.Evaluate(artifact, log, pairs);
    }
}
