using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Schema;
using DinOrleans.Model.Validation;
using DinOrleans.TestLog;
using DinOrleans.TestMachine;
using DinOrleans.Training.Batches;
using DinOrleans.Training.ItemVectors;
using DinOrleans.Training.Log;
using DinOrleans.Training.Network;
using DinOrleans.Training.Versions;

namespace DinOrleans.Training.Tests.ItemVectors;

public sealed class ItemVectorExportTests : IDisposable
{
    private const int Items = 40;

    /// <summary>Of a logit that went through a float32 probability.</summary>
    private const double Rounding = 1e-3;

    private static readonly FeatureSchema Schema = LogOf.Schema(10, new RankingTask("click", ["click"]), new RankingTask("buy", ["buy"]));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("logistic", "true", "false")]
    [InlineData("inBatch", "true", "true")]
    [InlineData("inBatch", "false", "true")]
    public async Task Write_TwoTowers_ProductsOrderItemsAsTheModelDoes(string loss, string normalise, string useBias)
    {
        TrainingLog log = Log();
        string options = $$"""{ "towerUnits": [12], "outputWidth": 6, "temperature": 0.5, "loss": "{{loss}}", "normalise": {{normalise}}, "useBias": {{useBias}} }""";
        TrainedVersion version = await TrainAsync(log, "two-tower", options);
        using Artifact artifact = Artifact.Open(version.Folder);

        Assert.Equal(log.ItemIds.Count, ItemVectorExport.Write(artifact, log, _folder["items.vec"]));

        IReadOnlyDictionary<string, float[]> vectors = ItemVectorFile.Read(_folder["items.vec"]);
        Assert.Equal(log.ItemIds, vectors.Keys);
        using RankingNetwork network = NetworkFactory.Load(artifact, log);
        RankingBatch batch = AllItems(log);
        float[] scores = network.Score(batch);
        float[] users = network.UserVectors(batch);
        int width = network.VectorWidth;
        for (int r = 0; r < batch.Rankings; r++)
        {
            for (int task = 0; task < 2; task++)
            {
                float[] user = users[(((r * 2) + task) * width)..][..width];
                double[] products = [.. log.ItemIds.Select(id => vectors[id].Zip(user, (a, b) => (double)a * b).Sum())];
                double[] logits = [.. log.ItemIds.Select((_, i) => Logit(scores[(((r * log.ItemIds.Count) + i) * 2) + task]))];
                double constant = logits[0] - products[0];
                Assert.All(products.Zip(logits), p => Assert.Equal(p.Second, p.First + constant, Rounding));
                int ordered = 0;
                foreach ((int better, int worse) in
                    from a in Enumerable.Range(0, products.Length) from b in Enumerable.Range(0, products.Length) where logits[a] > logits[b] + (2 * Rounding) select (a, b))
                {
                    Assert.True(products[better] > products[worse], $"item {better} scores above {worse}, but its product is not larger");
                    ordered++;
                }

                Assert.True(ordered > Items * Items / 4, "the scores must differ for their order to mean something");
            }
        }
    }

    [Fact]
    public async Task Write_ModelWithoutTowers_IsRefusedAndWritesNothing()
    {
        TrainingLog log = Log();
        TrainedVersion version = await TrainAsync(log, "base", """{ "topUnits": [4] }""");
        using Artifact artifact = Artifact.Open(version.Folder);

        var error = Assert.Throws<InvalidContentException>(() => ItemVectorExport.Write(artifact, log, _folder["items.vec"]));
        Assert.Contains("model \"base\" has no item vectors", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["items.vec"]));
    }

    [Fact]
    public void Read_OtherOrCutFile_IsRefused()
    {
        ItemVectorFile.Write(_folder["items.vec"], ["a", "ü"], 2, [[1, 2], [3, 4]]);
        Assert.Equal([3, 4], ItemVectorFile.Read(_folder["items.vec"])["ü"]);
        byte[] whole = File.ReadAllBytes(_folder["items.vec"]);
        Assert.Equal(8 + 12 + 5 + 6 + 16, whole.Length);
        File.WriteAllBytes(_folder["items.vec"], whole[..^1]);
        Assert.Contains("cut short", Assert.Throws<InvalidContentException>(() => ItemVectorFile.Read(_folder["items.vec"])).Message, StringComparison.Ordinal);
        Assert.Contains("is not a file", Assert.Throws<InvalidContentException>(() => ItemVectorFile.Read(_folder.Write("x", "hello, world"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_FewerFloatsThanItems_LeavesWhatWasThere()
    {
        ItemVectorFile.Write(_folder["items.vec"], ["a"], 1, [[1]]);
        Assert.Throws<ArgumentException>(() => ItemVectorFile.Write(_folder["items.vec"], ["a", "b"], 1, [[2]]));
        Assert.Equal([1], ItemVectorFile.Read(_folder["items.vec"])["a"]);
        Assert.Single(Directory.EnumerateFiles(_folder.Path));
    }

    private static TrainingLog Log()
    {
        var random = new Random(3);
        var events = new List<string>();
        for (int user = 0; user < 60; user++)
        {
            for (int i = 1; i < 8; i++)
            {
                int item = ((user % 4) * 10) + random.Next(10);
                events.Add($"u{user} i{item} click {i * 10}");
                if (i % 3 == 0)
                {
                    events.Add($"u{user} i{item} buy {(i * 10) + 1}");
                }
            }
        }

        return LogOf.Events(Schema, [.. Enumerable.Range(0, Items).Select(i => $"i{i}")], [.. events]);
    }

    private async Task<TrainedVersion> TrainAsync(TrainingLog log, string model, string options) => await VersionTrainer.TrainAsync(
        log,
        new() { Model = model, ModelOptions = options, MinimumCount = 1, Trainer = new() { Epochs = 2, Threads = 1, LearningRate = 0.02 } },
        _folder.Path,
        TimeProvider.System,
        progress: null,
        TestContext.Current.CancellationToken);

    /// <summary>Histories of none, one and three, each ranking every item.</summary>
    private static RankingBatch AllItems(TrainingLog log) => new()
    {
        Rankings = 3,
        HistoryLength = 3,
        CandidateCount = log.ItemIds.Count,
        Behaviours = [-1, -1, -1, 5, -1, -1, 1, 12, 33],
        Lengths = [0, 1, 3],
        Candidates = [.. Enumerable.Range(0, 3).SelectMany(_ => Enumerable.Range(0, log.ItemIds.Count))],
        Labels = new float[3 * log.ItemIds.Count * 2],
        Users = [0, 1, 2],
        Contexts = [-1, -1, -1],
    };

    private static double Logit(float probability) => Math.Log(probability / (1.0 - probability));
}
