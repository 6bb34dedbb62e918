using DinOrleans.Model.Artifacts;
using DinOrleans.TestLog;
using DinOrleans.TestMachine;
using DinOrleans.Training.Checkpoints;
using DinOrleans.Training.Log;
using DinOrleans.Training.Samples;
using DinOrleans.Training.Samples.Splits;
using DinOrleans.Training.Trainer;
using DinOrleans.Training.Versions;

namespace DinOrleans.Training.Tests.Versions;

/// <summary>A training of a running shop's log that is cut short, and resumed when the log has grown.</summary>
public sealed class ChangedLogTests : IDisposable
{
    private const string ItemKey = "item.item_id";

    private static readonly TrainingLog Before = LogOf.Random(users: 60, items: 40);
    private static readonly TrainingLog After = LogOf.Random(users: 90, items: 70);

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private CheckpointOptions Checkpoint => new(_folder["checkpoint"]) { FollowsLog = true };

    [Fact]
    public async Task Run_ResumedOnALogThatHasGrown_GoesOnWithTheValuesThatItBeganWith()
    {
        await StopAfterAnEpochAsync(Checkpoint);
        List<int> epochs = [];
        TrainedVersion trained = await RunAsync(After, Checkpoint with { Resume = true }, new Progress(p => epochs.Add(p.Epoch)), Cancellation);
        Assert.Equal([2, 3], epochs.Distinct());
        Assert.Equal(3, trained.Outcome.Epochs.Count);
        using Artifact version = Artifact.Open(trained.Folder);
        SampleSet samples = SampleSet.Build(Before, new SampleOptions());
        FeatureEncoding learned = FeatureEncoding.Learn(Before, samples.Counts, minimumCount: 2, outOfVocabularyRows: 8);
        Assert.Equal(learned.Vocabularies[ItemKey].Values, version.Vocabularies[ItemKey].Values);
        Assert.Equal(After.Digest, version.Manifest.Data.Digest);
    }

    [Fact]
    public async Task Run_ResumedWithoutTheEncoding_SaysSo()
    {
        await StopAfterAnEpochAsync(Checkpoint);
        File.Delete(Path.Combine(Checkpoint.Folder, EncodingFile.Name));
        CheckpointException refused = await Assert.ThrowsAsync<CheckpointException>(() => RunAsync(After, Checkpoint with { Resume = true }, null, Cancellation));
        Assert.Contains(EncodingFile.Name, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ResumedOnAnotherLogThatItDoesNotFollow_IsRefused()
    {
        CheckpointOptions still = Checkpoint with { FollowsLog = false };
        await StopAfterAnEpochAsync(still);
        await Assert.ThrowsAsync<CheckpointException>(() => RunAsync(After, still with { Resume = true }, null, Cancellation));
    }

    public void Dispose() => _folder.Dispose();

    private async Task StopAfterAnEpochAsync(CheckpointOptions checkpoint)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(
            Before,
            checkpoint,
            new Progress(p =>
            {
                if (p.EndsEpoch)
                {
                    stop.Cancel();
                }
            }),
            stop.Token));
        Assert.True(checkpoint.HasCheckpoint);
    }

    private Task<TrainedVersion> RunAsync(TrainingLog log, CheckpointOptions checkpoint, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken) =>
        VersionTrainer.TrainAsync(
            log,
            new()
            {
                ModelOptions = """{ "attentionUnits": [8], "topUnits": [8] }""",
                Trainer = new() { Epochs = 3, BatchSize = 16, Patience = 3 },
                Checkpoint = checkpoint,
            },
            _folder["versions"],
            TimeProvider.System,
            progress,
            cancellationToken);

    private sealed class Progress(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
