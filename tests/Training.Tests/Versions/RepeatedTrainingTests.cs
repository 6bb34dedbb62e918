using DinOrleans.Model.Artifacts;
using DinOrleans.TestLog;
using DinOrleans.TestMachine;
using DinOrleans.Training.Log;
using DinOrleans.Training.Versions;

namespace DinOrleans.Training.Tests.Versions;

public sealed class RepeatedTrainingTests : IDisposable
{
    private const int Times = 6;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Category", "Slow")]
    public async Task RunAsync_TheSameTrainingSeveralTimes_GivesTheSameBits()
    {
        TrainingLog log = LogOf.Random(users: 150, items: 80, maxLength: 20);
        var options = new VersionOptions { Trainer = new() { Epochs = 1, Threads = 2 } };
        HashSet<string> digests = [];
        List<byte[]> between = [];
        for (int i = 0; i < Times; i++)
        {
            TrainedVersion version = await VersionTrainer.TrainAsync(
                log, options, _folder[$"{i}"], TimeProvider.System, progress: null, TestContext.Current.CancellationToken);
            using Artifact artifact = Artifact.Open(version.Folder);
            digests.Add(string.Join(' ', artifact.Manifest.Files.OrderBy(f => f.Key, StringComparer.Ordinal)));

            // So that the next training's arrays lie elsewhere.
            between.Add(new byte[1_000_003 * (i + 1)]);
        }

        Assert.Single(digests);
        Assert.Equal(Times, between.Count);
    }
}
