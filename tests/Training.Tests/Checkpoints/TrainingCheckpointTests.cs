using DinOrleans.Model.Tensors;
using DinOrleans.Model.Validation;
using DinOrleans.TestMachine;
using DinOrleans.Training.Batches;
using DinOrleans.Training.Checkpoints;
using DinOrleans.Training.Network;
using DinOrleans.Training.Network.Embeddings;
using DinOrleans.Training.Tests.Trainer;
using DinOrleans.Training.Trainer;
using DinOrleans.Training.Trainer.Optimizers;

namespace DinOrleans.Training.Tests.Checkpoints;

public sealed class TrainingCheckpointTests : IDisposable
{
    /// <summary>Dice has moving statistics, dropout draws random numbers.</summary>
    private const string Din = """{ "attentionUnits": [8], "topUnits": [8], "activation": "dice", "dropout": 0.3 }""";

    private static readonly TrainingIdentity Identity = new("{}", """{ "epochs": 3 }""", "d1");
    private static readonly TrainerOptions Options = new() { Epochs = 3, LearningRate = 0.02, WarmupSteps = 25, Seed = 3, Threads = 1, Patience = 3 };

    private readonly TemporaryFolder _folder = new();
    private readonly TinyShop _shop = new(seed: 1);

    private string File => Path.Combine(_folder.Path, "checkpoint.bin");

    public static TheoryData<string, string, OptimizerKind> Trainings() => new()
    {
        { "din", Din, OptimizerKind.Adam },
        { "din", Din, OptimizerKind.Adagrad },
        { "din", Din, OptimizerKind.Sgd },
        { "dien", "{}", OptimizerKind.Adam },
        { "three-tower", """{ "dropout": 0.3 }""", OptimizerKind.Adam },
    };

    [Theory]
    [MemberData(nameof(Trainings))]
    public void Fit_CancelledMidEpochAndResumed_GivesTheSameBits(string model, string modelOptions, OptimizerKind optimizer)
    {
        TrainerOptions options = Options with { Optimizer = optimizer, EmbeddingOptimizer = optimizer };
        Trained whole = Fit(_shop, checkpoint: null, model, modelOptions, options);
        using var cancellation = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(
            () => Fit(new Interrupted(_shop, 2, 8, cancellation.Cancel), At(), model, modelOptions, options, cancellation.Token));
        Trained resumed = Fit(_shop, At(resume: true), model, modelOptions, options);

        Assert.Equal(whole.Bits, resumed.Bits);
        AssertSameOutcome(whole.Outcome, resumed.Outcome);
    }

    [Theory]
    [MemberData(nameof(Trainings))]
    public void Fit_CrashedAtAnEpochsEndAndResumed_GivesTheSameBits(string model, string modelOptions, OptimizerKind optimizer)
    {
        TrainerOptions options = Options with { Optimizer = optimizer, EmbeddingOptimizer = optimizer };
        Trained whole = Fit(_shop, checkpoint: null, model, modelOptions, options);

        Assert.Throws<CrashException>(() => Fit(new Interrupted(_shop, 2, 1, Crash), At(), model, modelOptions, options));
        Trained resumed = Fit(_shop, At(resume: true), model, modelOptions, options);

        Assert.Equal(whole.Bits, resumed.Bits);
        AssertSameOutcome(whole.Outcome, resumed.Outcome);
    }

    [Theory]
    [InlineData(1, 1, null)]
    [InlineData(1, 20, 1)]
    [InlineData(2, 4, 10)]
    [InlineData(3, 18, 7)]
    public void Fit_InterruptedAnywhere_GivesTheSameBits(int epoch, int batch, int? everySteps)
    {
        Trained whole = Fit(_shop, checkpoint: null);
        using var cancellation = new CancellationTokenSource();
        Action interrupt = everySteps is null ? cancellation.Cancel : Crash;

        Assert.ThrowsAny<Exception>(() => Fit(new Interrupted(_shop, epoch, batch, interrupt), At(everySteps: everySteps), cancellation: cancellation.Token));
        Trained resumed = Fit(_shop, At(everySteps: everySteps, resume: true));

        Assert.Equal(whole.Bits, resumed.Bits);
        AssertSameOutcome(whole.Outcome, resumed.Outcome);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Fit_StepsInPartsInterruptedAndResumed_GivesTheSameBits()
    {
        var ragged = new TinyShop(seed: 1, ragged: true);
        Assert.True(BatchParts.Cut(ragged.Epoch(2).ElementAt(6)).Count() > 1);
        Trained whole = Fit(ragged, checkpoint: null);

        Assert.Throws<CrashException>(() => Fit(new Interrupted(ragged, 2, 8, Crash), At(everySteps: 5)));
        Trained resumed = Fit(ragged, At(everySteps: 5, resume: true));

        Assert.Equal(whole.Bits, resumed.Bits);
        AssertSameOutcome(whole.Outcome, resumed.Outcome);
    }

    [Fact]
    public void Fit_BestEpochBeforeTheInterruption_IsWhatTheOutcomeHas()
    {
        TrainerOptions overfits = Options with { Epochs = 30, LearningRate = 0.05, EpochDecay = 1, Patience = 2 };
        Trained whole = Fit(_shop, checkpoint: null, options: overfits);
        int last = whole.Outcome.Epochs.Count;
        Assert.True(whole.Outcome.StoppedEarly && whole.Outcome.Best.Epoch == last - 2);

        Assert.Throws<CrashException>(() => Fit(new Interrupted(_shop, last, 3, Crash), At(everySteps: 1), options: overfits));
        Trained resumed = Fit(_shop, At(resume: true), options: overfits);

        Assert.Equal(whole.Bits, resumed.Bits);
        AssertSameOutcome(whole.Outcome, resumed.Outcome);
    }

    [Fact]
    public void Fit_FinishedTrainingResumed_TrainsNoFurther()
    {
        Trained whole = Fit(_shop, At());

        Trained resumed = Fit(new Interrupted(_shop, 3, 1, Crash), At(resume: true));

        Assert.Equal(whole.Bits, resumed.Bits);
        AssertSameOutcome(whole.Outcome, resumed.Outcome);
    }

    [Fact]
    public void Fit_CancelledInValidation_ResumesWithIt()
    {
        Trained whole = Fit(_shop, checkpoint: null);
        using var cancellation = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(
            () => Fit(new Interrupted(_shop, 2, batch: 0, cancellation.Cancel), At(), cancellation: cancellation.Token));
        Trained resumed = Fit(_shop, At(resume: true));

        Assert.Equal(whole.Bits, resumed.Bits);
        AssertSameOutcome(whole.Outcome, resumed.Outcome);
    }

    [Fact]
    public void Fit_CheckpointAlreadyThere_IsRefusedAndKept()
    {
        Fit(_shop, At());
        byte[] before = System.IO.File.ReadAllBytes(File);

        var error = Assert.Throws<CheckpointException>(() => Fit(_shop, At()));

        Assert.Contains(File, error.Message);
        Assert.Contains("resume it", error.Message);
        Assert.Equal(before, System.IO.File.ReadAllBytes(File));
    }

    [Fact]
    public void Fit_ResumedWithoutCheckpoint_NamesTheFile()
    {
        var error = Assert.Throws<CheckpointException>(() => Fit(_shop, At(resume: true)));

        Assert.Contains(File, error.Message);
        Assert.Contains("no checkpoint", error.Message);
    }

    [Theory]
    [InlineData("dataset", "dataset: its digest is d1 there, d2 here")]
    [InlineData("options", "options: epochs is 3 there, 5 here")]
    [InlineData("schema", "schema: tasks is missing there, [] here")]
    public void Fit_ResumedInAnotherTraining_SaysWhatDiffers(string what, string difference)
    {
        Fit(_shop, At());
        TrainingIdentity other = what switch
        {
            "dataset" => Identity with { Dataset = "d2" },
            "options" => Identity with { Options = """{ "epochs": 5 }""" },
            _ => Identity with { Schema = """{ "tasks": [] }""" },
        };

        var error = Assert.Throws<CheckpointException>(() => Fit(_shop, At(resume: true, identity: other)));

        Assert.Contains(File, error.Message);
        Assert.Contains(difference, error.Message);
    }

    [Fact]
    public void Fit_ResumedFromCheckpointThatStatesAnOptionTwice_IsRefused()
    {
        TrainingIdentity twice = Identity with { Options = """{ "epochs": 3, "epochs": 3 }""" };
        Fit(_shop, At(identity: twice));

        var error = Assert.Throws<CheckpointException>(() => Fit(_shop, At(resume: true)));

        Assert.Contains("does not say in valid JSON which training it is of", error.Message);
    }

    [Theory]
    [InlineData("flipped", "damaged")]
    [InlineData("cut", "damaged")]
    [InlineData("longer", "damaged")]
    [InlineData("short", "cut short")]
    [InlineData("empty", "cut short")]
    [InlineData("text", "is not a checkpoint")]
    [InlineData("format", "format 9")]
    public void Fit_ResumedFromDamagedCheckpoint_NamesTheFile(string how, string reason)
    {
        Fit(_shop, At());
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        switch (how)
        {
            case "flipped":
                bytes[bytes.Length / 2] ^= 1;
                break;
            case "cut":
                bytes = bytes[..^1000];
                break;
            case "longer":
                bytes = [.. bytes, 0];
                break;
            case "short":
                bytes = bytes[..20];
                break;
            case "empty":
                bytes = [];
                break;
            case "text":
                bytes = [.. Enumerable.Repeat((byte)'x', 100)];
                break;
            default:
                bytes[8] = 9;
                break;
        }

        System.IO.File.WriteAllBytes(File, bytes);

        var error = Assert.Throws<CheckpointException>(() => Fit(_shop, At(resume: true)));

        Assert.Contains(File, error.Message);
        Assert.Contains(reason, error.Message);
    }

    [Fact]
    public void Fit_NetworkOfOtherShape_NamesTheTable()
    {
        Fit(_shop, At());

        var error = Assert.Throws<CheckpointException>(() => Fit(new TinyShop(seed: 1, items: 66), At(resume: true)));

        Assert.Contains("table item.item_id has 244 values, but 268 are needed", error.Message);
    }

    [Theory]
    [InlineData(null, 40)]
    [InlineData(1, 27)]
    public void Fit_DivergedInTheSecondEpoch_KeepsTheCheckpointFromBefore(int? everySteps, int step)
    {
        Trained whole = Fit(_shop, checkpoint: null, embeddings: _shop.Embeddings(seed: 3, extraRows: 1));
        RankingEmbeddings embeddings = _shop.Embeddings(seed: 3, extraRows: 1);
        byte[] before = [];
        var poisoned = new Interrupted(_shop, 2, 7, () =>
        {
            before = System.IO.File.ReadAllBytes(File);

            // No item has this row: neither a loss nor a gradient tells of it.
            embeddings.ItemTables[0].Row(embeddings.ItemTables[0].Rows - 1)[2] = float.PositiveInfinity;
        });

        var error = Assert.Throws<TrainingDivergedException>(() => Fit(poisoned, At(everySteps), embeddings: embeddings));

        Assert.Contains($"diverged by step {step}", error.Message);
        Assert.Contains("a weight in item.item_id", error.Message);
        Assert.Contains($"{File} is kept as it was before that", error.Message);
        Assert.Contains("start a new training in another folder, with a lower learningRate or clipNorm", error.Message);
        Assert.Equal(before, System.IO.File.ReadAllBytes(File));
        Assert.Equal(whole.Bits, Fit(_shop, At(resume: true), embeddings: _shop.Embeddings(seed: 3, extraRows: 1)).Bits);
    }

    [Fact]
    public void Fit_CancelledAfterAWeightBecameInfinite_SavesNothing()
    {
        RankingEmbeddings embeddings = _shop.Embeddings(seed: 3);
        using var cancellation = new CancellationTokenSource();
        var poisoned = new Interrupted(_shop, 1, 7, () =>
        {
            embeddings.ItemBias.Row(1)[0] = float.NaN;
            cancellation.Cancel();
        });

        var error = Assert.Throws<TrainingDivergedException>(() => Fit(poisoned, At(), cancellation: cancellation.Token, embeddings: embeddings));

        Assert.Contains("a weight in item.item_id.bias", error.Message);
        Assert.EndsWith("Start a new training with a lower learningRate or clipNorm.", error.Message);
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public void Write_ThatFails_LeavesTheEarlierCheckpoint()
    {
        Fit(_shop, At());
        byte[] before = System.IO.File.ReadAllBytes(File);

        Assert.Throws<CrashException>(() => CheckpointFile.Write(File, writer =>
        {
            writer.Write("step", 7L);
            Crash();
        }));

        Assert.Equal(before, System.IO.File.ReadAllBytes(File));
    }

    [Theory]
    [InlineData("", 1, "folder")]
    [InlineData("here", 0, "steps")]
    [InlineData("here", CheckpointOptions.MaxSteps + 1, "steps")]
    public void Validate_RuleBroken_NamesIt(string folder, int steps, string rule)
    {
        var error = Assert.Throws<InvalidContentException>(() => new CheckpointOptions(folder) { EverySteps = steps }.Require());

        Assert.Contains(rule + " must", error.Message);
    }

    public void Dispose() => _folder.Dispose();

    private static void Crash() => throw new CrashException();

    private static void AssertSameOutcome(TrainingOutcome expected, TrainingOutcome actual)
    {
        Assert.Equal(expected.StoppedEarly, actual.StoppedEarly);
        Assert.Equal(expected.Best.Epoch, actual.Best.Epoch);
        Assert.Equal(expected.Epochs.Select(e => (e.Epoch, e.Loss)), actual.Epochs.Select(e => (e.Epoch, e.Loss)));
        Assert.Equal(expected.Epochs.SelectMany(e => e.Validation!.Tasks), actual.Epochs.SelectMany(e => e.Validation!.Tasks));
    }

    private TrainingCheckpoint At(int? everySteps = null, bool resume = false, TrainingIdentity? identity = null) =>
        new(new CheckpointOptions(_folder.Path) { EverySteps = everySteps, Resume = resume }, identity ?? Identity);

    /// <summary>Trains a network of its own.</summary>
    private static Trained Fit(
        ITrainingData data,
        TrainingCheckpoint? checkpoint,
        string model = "din",
        string modelOptions = Din,
        TrainerOptions? options = null,
        CancellationToken? cancellation = null,
        RankingEmbeddings? embeddings = null)
    {
        TinyShop shop = data as TinyShop ?? ((Interrupted)data).Shop;
        embeddings ??= shop.Embeddings(seed: 3);
        using RankingNetwork network = shop.Network(seed: 3, model, modelOptions, embeddings);
        TrainingOutcome outcome = new RankingTrainer(network, options ?? Options, TimeProvider.System)
            .Fit(data, progress: null, cancellation ?? TestContext.Current.CancellationToken, checkpoint);
        IEnumerable<float> weights = network.Parameters.Export().OrderBy(p => p.Key, StringComparer.Ordinal).SelectMany((KeyValuePair<string, ParameterValue> p) => p.Value.Data)
            .Concat(embeddings.Tables.SelectMany(t => t.Values));
        return new([.. weights.Select(BitConverter.SingleToInt32Bits)], outcome);
    }

    private sealed record Trained(int[] Bits, TrainingOutcome Outcome);

    private sealed class CrashException : Exception;

    /// <summary>Interrupts as a batch of an epoch is asked for; at batch 0, as the epoch is validated.</summary>
    private sealed class Interrupted(TinyShop shop, int epoch, int batch, Action interrupt) : ITrainingData
    {
        private int _epoch;

        public TinyShop Shop => shop;

        public int StepsPerEpoch => shop.StepsPerEpoch;

        public IEnumerable<RankingBatch> Epoch(int number)
        {
            _epoch = number;
            return shop.Epoch(number).Select((b, i) => At(i + 1, b));
        }

        public IEnumerable<RankingBatch> Validation() => shop.Validation().Select(b => At(0, b));

        private RankingBatch At(int position, RankingBatch value)
        {
            if (_epoch == epoch && position == batch)
            {
                interrupt();
            }

            return value;
        }
    }
}
