using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Schema;
using DinOrleans.TestLog;
using DinOrleans.TestMachine;
using DinOrleans.Training.Batches;
using DinOrleans.Training.Checkpoints;
using DinOrleans.Training.Log;
using DinOrleans.Training.Network;
using DinOrleans.Training.Samples.Splits;
using DinOrleans.Training.Versions;

namespace DinOrleans.Training.Tests.Versions;

public sealed class WarmStartTests : IDisposable
{
    private static readonly TrainingLog Before = LogOf.Random(users: 60, items: 40);
    private static readonly TrainingLog After = LogOf.Random(users: 90, items: 70);

    private static readonly VersionOptions Options = new()
    {
        ModelOptions = """{ "attentionUnits": [8], "topUnits": [8] }""",
        Trainer = new() { Epochs = 1, BatchSize = 16 },
    };

    private static readonly string ItemKey = FeatureKeys.Create(FeatureSource.Item, FeatureSchema.ItemId);

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Apply_VocabularyGrown_ScoresAsTheVersionBitForBit()
    {
        using Artifact version = Artifact.Open((await TrainAsync(Before, Options)).Folder);
        SampleSet samples = SampleSet.Build(After, Options.Samples);
        FeatureEncoding encoding = FeatureEncoding.Learn(After, samples.Counts, Options.MinimumCount, Options.OutOfVocabularyRows, version.Vocabularies);
        Assert.True(encoding.Vocabularies[ItemKey].Values.Count > version.Vocabularies[ItemKey].Values.Count);
        using RankingNetwork network = NetworkFactory.CreateUntrained(After, samples, encoding, Options with { Trainer = Options.Trainer with { Seed = 9 } });

        WarmStart.Require(version, After.Schema, Options);
        WarmStart.Apply(version, network, encoding.Vocabularies);

        using RankingNetwork expected = NetworkFactory.Load(version, After);
        RankingBatch batch = new SampleData(samples, batchSize: 64).Epoch(1).First();
        Assert.Equal(expected.Score(batch), network.Score(batch));
        Assert.Equal(0, network.Embeddings.ItemTables[0].Row(Vocabulary.PaddingRow).ToArray().Sum(Math.Abs));
    }

    [Fact]
    public async Task Train_ValueThatTheLogHasNoMore_KeepsItsRowAndItsScore()
    {
        TrainingLog full = LogOf.Events(LogOf.Schema(), [], [.. Clicks("gone"), .. Clicks("seen"), .. Clicks("a"), .. Clicks("b")]);
        TrainingLog less = LogOf.Events(LogOf.Schema(), [], ["w seen click 0", "w a click 1", .. Clicks("a"), .. Clicks("b")]);
        VersionOptions still = Options with { Model = "base", ModelOptions = """{ "topUnits": [4], "activation": "relu" }""" };
        using Artifact before = Artifact.Open((await TrainAsync(full, still)).Folder);

        // Steps too small for a float to tell: what has a row of its own scores as it did.
        VersionOptions next = still with { WarmStart = before.Folder, Trainer = still.Trainer with { LearningRate = 1e-30 } };
        using Artifact after = Artifact.Open((await TrainAsync(less, next)).Folder);

        Assert.Equal(4, before.Vocabularies[ItemKey].Values.Count);
        Assert.Equal(["a", "b", "seen", "gone"], after.Vocabularies[ItemKey].Values);
        Assert.All(["gone", "seen", "a", "b"], value => Assert.Equal(Row(before, value), Row(after, value)));
        Assert.NotEqual(Row(after, "gone"), Row(after, "none of them"));
        using RankingNetwork old = NetworkFactory.Load(before, full);
        using RankingNetwork now = NetworkFactory.Load(after, full);
        RankingBatch batch = new SampleData(SampleSet.Build(full, Options.Samples), batchSize: 64).Epoch(1).First();
        Assert.Contains(batch.Candidates, c => c >= 0 && full.ItemIds[c] == "gone");
        Assert.Equal(old.Score(batch), now.Score(batch));
    }

    [Fact]
    public async Task Train_FromAVersion_GoesOnFromItAndNamesIt()
    {
        TrainedVersion first = await TrainAsync(Before, Options);
        TrainedVersion fresh = await TrainAsync(After, Options);
        TrainedVersion second = await TrainAsync(After, Options with { WarmStart = first.Folder });

        using Artifact artifact = Artifact.Open(second.Folder);
        Assert.Equal(first.Version, artifact.Manifest.StartedFrom);
        Assert.NotEqual(fresh.Outcome.Best.Loss, second.Outcome.Best.Loss);
        using Artifact without = Artifact.Open(fresh.Folder);
        Assert.Null(without.Manifest.StartedFrom);
    }

    [Fact]
    public async Task Resume_OfAWarmStart_GoesOnFromTheSameVersionOnly()
    {
        TrainedVersion first = await TrainAsync(Before, Options);
        VersionOptions saved = Options with { WarmStart = first.Folder, Checkpoint = new CheckpointOptions(_folder["saved"]) };
        TrainedVersion once = await TrainAsync(After, saved);

        TrainedVersion resumed = await TrainAsync(After, saved with { Checkpoint = saved.Checkpoint with { Resume = true } });
        Assert.Equal(Digest(once), Digest(resumed));

        var e = await Assert.ThrowsAsync<CheckpointException>(
            () => TrainAsync(After, Options with { Checkpoint = saved.Checkpoint with { Resume = true } }));
        Assert.Contains("startedFrom", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("base", null, 8, "its model is din, not base")]
    [InlineData("din", """{ "attentionUnits": [16], "topUnits": [8] }""", 8, "model options: attentionUnits[0] is 8 there, 16 here")]
    [InlineData("din", """{ "attentionUnits": [8], "topUnits": [8] }""", 4, "unknown values of item.item_id share 8 rows there, 4 here")]
    public async Task Train_FromAVersionOfAnother_SaysWhatDiffers(string model, string? modelOptions, int outOfVocabularyRows, string difference)
    {
        TrainedVersion first = await TrainAsync(Before, Options);
        VersionOptions other = Options with { Model = model, ModelOptions = modelOptions, OutOfVocabularyRows = outOfVocabularyRows, WarmStart = first.Folder };

        var e = await Assert.ThrowsAsync<ArtifactException>(() => TrainAsync(After, other));

        Assert.Contains(difference, e.Message, StringComparison.Ordinal);
        Assert.Single(Directory.GetDirectories(_folder["versions"]));
    }

    [Fact]
    public async Task Train_FromAVersionOfOtherFeatures_NamesTheFeature()
    {
        TrainedVersion first = await TrainAsync(Before, Options);
        FeatureSchema wide = LogOf.Schema() with { ItemFeatures = [new("item_id", 6)] };
        TrainingLog log = LogOf.Events(wide, [], "u a click 1", "u b click 2", "u a click 3", "u b click 4", "v a click 1", "v b click 3");

        var e = await Assert.ThrowsAsync<ArtifactException>(() => TrainAsync(log, Options with { WarmStart = first.Folder }));

        Assert.Contains("schema: itemFeatures[0].dimension is 4 there, 6 here", e.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Clicks(string item) => Enumerable.Range(0, 6).Select(user => $"u{user} {item} click {(user + item[0]) % 7}");

    /// <summary>The embedding of an item id and its bias.</summary>
    private static float[] Row(Artifact version, string item)
    {
        int row = version.Vocabularies[ItemKey].Row(item);
        float[] embedding = new float[version.Tables().First().Dimension];
        version.Tables().First().Read(row, embedding);
        return [.. embedding, version.ItemBias.ReadFirst(row)];
    }

    private static string Digest(TrainedVersion version) => ArtifactManifest.Parse(File.ReadAllText(Path.Combine(version.Folder, "manifest.json"))).Files["parameters.bin"].Sha256;

    private Task<TrainedVersion> TrainAsync(TrainingLog log, VersionOptions options) =>
        VersionTrainer.TrainAsync(log, options, _folder["versions"], TimeProvider.System, progress: null, Cancellation);
}
