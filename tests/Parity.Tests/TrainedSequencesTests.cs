using System.Globalization;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Ranking;
using DinOrleans.Model.Schema;
using DinOrleans.TestLog;
using DinOrleans.Training.Log;
using DinOrleans.Training.Versions;
using Microsoft.ML.OnnxRuntime;

namespace DinOrleans.Parity.Tests;

/// <summary>A version trained with several sequences scores its stored sample as training did.</summary>
public sealed class TrainedSequencesTests : IDisposable
{
    private const int Items = 20;

    private static readonly FeatureSchema Schema = new()
    {
        ItemFeatures = [new("item_id", 4)],
        Tasks = [new("click", ["click"])],
        Behaviours = new(["click"], 5, TimeSpan.FromMinutes(30), 2),
        Sequences = [new("bought", ["buy"], 3), new("cart", ["cart", "buy"], 4)],
        OtherEvents = ["buy", "cart"],
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("sequences-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("din", """{ "recency": true, "intensity": true }""")]
    [InlineData("base", "{}")]
    [InlineData("pnn", "{}")]
    [InlineData("dien", "{}")]
    [InlineData("two-tower", "{}")]
    public async Task RunAsync_SeveralSequences_ServesWhatWasTrained(string model, string options)
    {
        VersionOptions version = new()
        {
            Model = model,
            ModelOptions = options,
            MinimumCount = 1,
            Samples = new() { ValidationShare = 0 },
            Trainer = new() { Epochs = 2, Threads = 1, BatchSize = 16 },
        };
        TrainedVersion trained = await VersionTrainer.TrainAsync(
            Log(), version, _folder, TimeProvider.System, progress: null, TestContext.Current.CancellationToken);

        using Artifact artifact = Artifact.Open(trained.Folder);
        StoredSample sample = artifact.StoredSample;
        Assert.Equal(["bought", "cart"], artifact.Layout.Sequences);
        Assert.Equal(2, sample.SequenceLengths.Count);
        Assert.Equal(Schema.ToJson(), artifact.Manifest.Schema.ToJson());

        float[] served = Serve(artifact);

        Assert.Equal(sample.Scores.Count, served.Length);
        Assert.All(sample.Scores.Zip(served), pair => Assert.Equal(pair.First, pair.Second, StoredSample.Tolerance));
    }

    private static TrainingLog Log()
    {
        var random = new Random(5);
        string[] types = ["click", "click", "buy", "cart"];
        return LogOf.Data(
            Schema,
            Enumerable.Range(0, Items).Select(i => new Item($"i{i}", EmptyFeatures.Instance)),
            [],
            Enumerable.Range(0, 600).Select(i => new BehaviourEvent
            {
                EventId = i.ToString(CultureInfo.InvariantCulture),
                UserId = $"u{i / 20}",
                ItemId = $"i{random.Next(Items)}",
                Type = types[random.Next(types.Length)],
                Timestamp = DateTimeOffset.UnixEpoch.AddMinutes(i * 10),
            }));
    }

    private static float[] Serve(Artifact artifact)
    {
        StoredSampleVectors vectors = StoredSampleVectors.Represent(artifact);
        int[] sequenceLengths = [.. artifact.StoredSample.SequenceLengths];
        (int h, int n, int s) = (artifact.StoredSample.Behaviours.Count, artifact.StoredSample.Candidates.Count, sequenceLengths.Length);
        float[] mask = new float[h];
        float[] sequenceMask = new float[h * s];
        SequenceMasks.Fill(h, sequenceLengths, mask, sequenceMask);
        using var session = new InferenceSession(artifact.ScorerPath);
        using var run = new RunOptions();
        using OrtValue behaviours = OrtValue.CreateTensorValueFromMemory(vectors.Behaviours, [1, h, artifact.Layout.ItemWidth]);
        using OrtValue main = OrtValue.CreateTensorValueFromMemory(mask, [1, h]);
        using OrtValue others = OrtValue.CreateTensorValueFromMemory(sequenceMask, [1, h, s]);
        using OrtValue candidates = OrtValue.CreateTensorValueFromMemory(vectors.Candidates, [1, n, artifact.Layout.ItemWidth]);
        using OrtValue bias = OrtValue.CreateTensorValueFromMemory(vectors.CandidateBias, [1, n, 1]);
        Dictionary<string, OrtValue> inputs = new()
        {
            [ScorerGraph.Behaviours] = behaviours,
            [ScorerGraph.Mask] = main,
            [ScorerGraph.SequenceMask] = others,
            [ScorerGraph.Candidates] = candidates,
            [ScorerGraph.CandidateBias] = bias,
        };
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, inputs, [ScorerGraph.Scores]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
