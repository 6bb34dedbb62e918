using DinOrleans.Training.Batches;
using DinOrleans.Training.Evaluation;
using DinOrleans.Training.Network;
using DinOrleans.Training.Network.Embeddings;
using DinOrleans.Training.Trainer;
using DinOrleans.Training.Trainer.Optimizers;
using TorchSharp;

namespace DinOrleans.Training.Tests.Trainer;

public sealed class RankingTrainerTests
{
    private static readonly TrainerOptions Options = new() { Epochs = 6, LearningRate = 0.01, Seed = 3, Threads = 1, Patience = 6 };
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("dice", "true", OptimizerKind.Adam, 0.02)]
    [InlineData("dice", "false", OptimizerKind.Adam, 0.02)]
    [InlineData("pRelu", "true", OptimizerKind.Adagrad, 0.1)]
    [InlineData("sigmoid", "false", OptimizerKind.Adam, 0.02)]
    public void Fit_InterestsInHistory_LearnsThem(string activation, string softmax, OptimizerKind optimizer, double learningRate)
    {
        var shop = new TinyShop(seed: 1);
        using RankingNetwork network = shop.Network(
            seed: 3, options: $$"""{ "attentionUnits": [16], "topUnits": [16], "activation": "{{activation}}", "softmax": {{softmax}} }""");
        RankingEvaluation before = RankingEvaluator.Evaluate(network, shop.Validation(), _cancellation)!;
        var trainer = new RankingTrainer(
            network, Options with { Epochs = 12, LearningRate = learningRate, EmbeddingOptimizer = optimizer }, TimeProvider.System);

        TrainingOutcome outcome = trainer.Fit(shop, progress: null, _cancellation);

        Assert.InRange(before.Auc, 0.35, 0.65);
        Assert.True(outcome.Best.Validation!.Auc > 0.9, $"AUC {outcome.Best.Validation.Auc}");
        Assert.True(outcome.Best.Validation.LogLoss < before.LogLoss);
        Assert.InRange(outcome.Best.Validation.Gauc, 0.9, 1);
    }

    [Fact]
    public void Fit_SameSeed_GivesSameWeights()
    {
        (float[] item, float[] scores) first = Train(seed: 3);
        (float[] item, float[] scores) second = Train(seed: 3);
        (float[] item, float[] scores) other = Train(seed: 4);

        Assert.Equal(first.item, second.item);
        Assert.Equal(first.scores, second.scores);
        Assert.NotEqual(first.item, other.item);
    }

    [Fact]
    public void Fit_WorseValidation_StopsAndKeepsBestWeights()
    {
        var shop = new TinyShop(seed: 1);
        using RankingNetwork network = shop.Network(seed: 3);
        var trainer = new RankingTrainer(network, Options with { Epochs = 30, LearningRate = 0.05, Patience = 1 }, TimeProvider.System);

        TrainingOutcome outcome = trainer.Fit(shop, progress: null, _cancellation);

        RankingEvaluation kept = RankingEvaluator.Evaluate(network, shop.Validation(), _cancellation)!;
        Assert.True(outcome.StoppedEarly);
        Assert.Equal(outcome.Epochs.Max(e => e.Validation!.Gauc), outcome.Best.Validation!.Gauc);
        Assert.True(outcome.Epochs[^1].Validation!.Gauc <= outcome.Best.Validation.Gauc);
        Assert.Equal(outcome.Best.Validation.LogLoss, kept.LogLoss, 9);
    }

    [Fact]
    public void Fit_ManyEpochs_LeavesNativeTensorsFlat()
    {
        var shop = new TinyShop(seed: 1);
        using RankingNetwork network = shop.Network(seed: 3);
        var trainer = new RankingTrainer(network, Options with { Epochs = 1 }, TimeProvider.System);
        trainer.Fit(shop, progress: null, _cancellation);
        long after = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        for (int epoch = 0; epoch < 3; epoch++)
        {
            trainer.Fit(shop, progress: null, _cancellation);
        }

        Assert.Equal(after, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Fit_Progress_ReportsEachEpochsEnd()
    {
        var shop = new TinyShop(seed: 1);
        using RankingNetwork network = shop.Network(seed: 3);
        List<TrainingProgress> reports = [];

        TrainingOutcome outcome = new RankingTrainer(network, Options with { Epochs = 2 }, TimeProvider.System)
            .Fit(shop, new Listener(reports.Add), _cancellation);

        TrainingProgress[] ends = [.. reports.Where(r => r.Validation is not null)];
        Assert.Equal([1, 2], ends.Select(r => r.Epoch));
        Assert.All(ends, r => Assert.Equal((shop.StepsPerEpoch, shop.StepsPerEpoch), (r.Step, r.Steps)));
        Assert.All(ends, r => Assert.True(r.SamplesPerSecond > 0 && r.Loss > 0));
        Assert.Equal(outcome.Epochs.Select(e => e.Loss), ends.Select(r => r.Loss));
    }

    [Fact]
    public void Fit_Cancelled_Stops()
    {
        var shop = new TinyShop(seed: 1);
        using RankingNetwork network = shop.Network(seed: 3);
        using var cancellation = new CancellationTokenSource();
        var trainer = new RankingTrainer(network, Options with { Epochs = 1000, Patience = 1000 }, TimeProvider.System);

        Assert.ThrowsAny<OperationCanceledException>(() => trainer.Fit(shop, new Listener(r => cancellation.Cancel()), cancellation.Token));
    }

    [Fact]
    public void Step_Batch_ChangesOnlyTheRowsItTouches()
    {
        var shop = new TinyShop(seed: 1);
        RankingEmbeddings embeddings = shop.Embeddings(seed: 3, extraRows: 1000);
        using RankingNetwork network = shop.Network(seed: 3, embeddings: embeddings);
        TrainableTable table = embeddings.ItemTables[0];
        float[] before = [.. table.Values];
        float[] biasBefore = [.. embeddings.ItemBias.Values];
        RankingBatch batch = OneRanking(behaviours: [4, 9, -1], length: 2, candidates: [7, 20, -1], labels: [1, 0, float.NaN]);

        new TrainingStep(network, Options with { EmbeddingL2 = 0.1 }).Run(batch, epoch: 1);

        int[] rows = [.. Enumerable.Range(0, table.Rows).Where(r => !before.AsSpan(r * 4, 4).SequenceEqual(table.Row(r)))];
        int[] biasRows = [.. Enumerable.Range(0, table.Rows).Where(r => biasBefore[r] != embeddings.ItemBias.Values[r])];
        Assert.Equal([1 + 4, 1 + 7, 1 + 9, 1 + 20], rows);
        Assert.Equal([1 + 7, 1 + 20], biasRows);
        Assert.All(embeddings.Tables, t => Assert.All(t.Row(0).ToArray(), x => Assert.Equal(0, x)));
    }

    [Fact]
    public void Step_Padding_ChangesNothing()
    {
        var shop = new TinyShop(seed: 1);
        RankingBatch tight = OneRanking([4, 9], 2, [7, 20], [1, 0]);
        RankingBatch padded = OneRanking([4, 9, -1, -1, -1], 2, [7, 20, -1], [1, 0, 1]);

        (float Loss, float[] Item) Run(RankingBatch batch)
        {
            RankingEmbeddings embeddings = shop.Embeddings(seed: 3);
            using RankingNetwork network = shop.Network(seed: 3, embeddings: embeddings);
            var step = new TrainingStep(network, Options with { Optimizer = OptimizerKind.Sgd, EmbeddingOptimizer = OptimizerKind.Sgd });
            step.Run(batch, epoch: 1);
            return (step.Run(batch, epoch: 1), embeddings.ItemTables[0].Values);
        }

        (float loss, float[] item) = Run(tight);
        (float paddedLoss, float[] paddedItem) = Run(padded);
        Assert.Equal(loss, paddedLoss, 1e-5f);
        Assert.All(item.Zip(paddedItem), p => Assert.Equal(p.First, p.Second, 1e-5f));
    }

    [Fact]
    public void Step_MiniBatchAware_DecaysRareRowsMore()
    {
        var shop = new TinyShop(seed: 1);
        RankingEmbeddings plain = shop.Embeddings(seed: 3);
        int[] occurrences = [.. Enumerable.Repeat(100, plain.ItemTables[0].Rows)];
        occurrences[1 + 4] = 1;
        TrainableTable Counted(TrainableTable t, int[] counts) => new(t.Key, t.Rows, t.Dimension, 3, 0.1f, counts);
        RankingEmbeddings Embeddings() => new()
        {
            ItemTables = [Counted(plain.ItemTables[0], occurrences), Counted(plain.ItemTables[1], [.. Enumerable.Repeat(100, 7)])],
            ItemBias = Counted(plain.ItemBias, occurrences),
            ItemIdFeature = 0,
            Items = plain.Items,
            UserTables = [Counted(plain.UserTables[0], [1, 1, 1])],
            Users = plain.Users,
            ContextTables = [Counted(plain.ContextTables[0], [1, 1, 1])],
            Contexts = plain.Contexts,
        };
        RankingBatch batch = OneRanking([4, 9], 2, [7, 20], [1, 0]);
        float[] Run(double l2)
        {
            RankingEmbeddings embeddings = Embeddings();
            using RankingNetwork network = shop.Network(seed: 3, embeddings: embeddings);
            TrainerOptions options = Options with { EmbeddingOptimizer = OptimizerKind.Sgd, LearningRate = 0.1, EmbeddingL2 = l2, MiniBatchAware = true };
            new TrainingStep(network, options).Run(batch, epoch: 1);
            return embeddings.ItemTables[0].Values;
        }

        float[] initial = Embeddings().ItemTables[0].Values;
        float[] free = Run(0);
        float[] decayed = Run(1);

        // w decays by η·λ/n·w: 0.1 · 1/1 for the rare row, 0.1 · 1/100 for the other.
        int rare = (1 + 4) * 4, frequent = (1 + 9) * 4;
        Assert.Equal(0.1f * initial[rare], free[rare] - decayed[rare], 1e-6f);
        Assert.Equal(0.001f * initial[frequent], free[frequent] - decayed[frequent], 1e-6f);
    }

    [Fact]
    public void Step_InfiniteVectors_StopsNamingStepAndGradient()
    {
        var shop = new TinyShop(seed: 1);
        RankingEmbeddings embeddings = shop.Embeddings(seed: 3);
        using RankingNetwork network = shop.Network(seed: 3, embeddings: embeddings);
        var step = new TrainingStep(network, Options);
        step.Run(shop.Batch(1), epoch: 1);
        embeddings.ItemTables[1].Row(2).Fill(float.PositiveInfinity);
        float[] before = [.. embeddings.ItemTables[0].Values];

        var error = Assert.Throws<TrainingDivergedException>(() => step.Run(shop.Batch(2), epoch: 1));

        Assert.Contains("step 2", error.Message);
        Assert.Contains("NaN", error.Message);
        Assert.Contains("64 rankings", error.Message);
        Assert.Equal(before, embeddings.ItemTables[0].Values);
    }

    [Fact]
    public void Fit_InfiniteLabel_StopsNamingBatchStepAndGradient()
    {
        var shop = new TinyShop(seed: 1);
        using RankingNetwork network = shop.Network(seed: 3);
        var data = new BrokenAt(shop, epoch: 2, batch: 5);

        var error = Assert.Throws<TrainingDivergedException>(
            () => new RankingTrainer(network, Options, TimeProvider.System).Fit(data, progress: null, _cancellation));

        Assert.Contains("step 25", error.Message);
        Assert.Contains("batch 5 of epoch 2", error.Message);
        Assert.Contains("largest gradient", error.Message);
        Assert.EndsWith("Start a new training with a lower learningRate or clipNorm.", error.Message);
    }

    [Fact]
    public void Fit_FiniteStepThatOverflowsAWeight_IsNoBestEpoch()
    {
        var shop = new TinyShop(seed: 1);
        RankingEmbeddings embeddings = shop.Embeddings(seed: 3);
        using RankingNetwork network = shop.Network(seed: 3, embeddings: embeddings);
        RankingBatch batch = OneRanking([4, 9], 2, [7, 20], [1, 0]);
        embeddings.ItemBias.Row(1 + 7)[0] = 3e38f;
        var options = new TrainerOptions
        {
            Epochs = 1,
            Threads = 1,
            EmbeddingOptimizer = OptimizerKind.Sgd,
            EmbeddingLearningRate = 10,
            EmbeddingL2 = 10,
            ClipNorm = null,
        };

        // Its decay multiplies a touched row by 1 − 10 · 10.
        var error = Assert.Throws<TrainingDivergedException>(
            () => new RankingTrainer(network, options, TimeProvider.System).Fit(new Batches([batch], []), progress: null, _cancellation));

        Assert.StartsWith("Training diverged by step 1, batch 1 of epoch 1: a weight in item.item_id.bias is NaN or infinite.", error.Message);
        Assert.EndsWith("with a lower learningRate, or with a clipNorm.", error.Message);
    }

    [Fact]
    public void Fit_WeightsTooLargeToScoreWith_AreNotMeasured()
    {
        var shop = new TinyShop(seed: 1);
        RankingEmbeddings embeddings = shop.Embeddings(seed: 3);
        using RankingNetwork network = shop.Network(seed: 3, "pnn", "{}", embeddings);
        RankingBatch batch = OneRanking([4, 9], 2, [7, 20], [1, 0]);
        embeddings.ItemTables[0].Row(1 + 30).Fill(3e38f);

        var error = Assert.Throws<TrainingDivergedException>(() => new RankingTrainer(network, Options, TimeProvider.System)
            .Fit(new Batches([batch], [OneRanking([30, -1], 1, [30, 20], [1, 0])]), progress: null, _cancellation));

        Assert.Contains("The score of item 30 is NaN", error.Message);
    }

    [Theory]
    [InlineData("behaviours")]
    [InlineData("labels")]
    [InlineData("item")]
    [InlineData("lengths")]
    [InlineData("positions")]
    [InlineData("positions must be")]
    public void Step_BatchThatDoesNotFit_IsRefused(string what)
    {
        var shop = new TinyShop(seed: 1);
        using RankingNetwork network = shop.Network(seed: 3);
        RankingBatch batch = OneRanking([4, 9], 2, [7, 20], [1, 0]);
        batch = what switch
        {
            "behaviours" => batch with { Behaviours = [4] },
            "labels" => batch with { Labels = [1] },
            "item" => batch with { Candidates = [7, 60] },
            "positions" => batch with { Positions = [0] },
            "positions must be" => batch with { Positions = [0, -2] },
            _ => batch with { Lengths = [3] },
        };

        var error = Assert.Throws<ArgumentException>(() => new TrainingStep(network, Options).Run(batch, epoch: 1));

        Assert.Contains(what, error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Score_ManyParts_EqualsScoringAlone()
    {
        var shop = new TinyShop(seed: 1);
        using RankingNetwork network = shop.Network(seed: 3);
        RankingBatch batch = shop.Batch(5);
        float[] all = network.Score(batch);

        float[] one = network.Score(batch.Take([new(17, 0, 4), new(18, 0, 4)]));

        Assert.Equal(64 * 4, all.Length);
        Assert.All(one.Zip(all.Skip(17 * 4)), p => Assert.Equal(p.First, p.Second, 1e-6f));
    }

    private static RankingBatch OneRanking(int[] behaviours, int length, int[] candidates, float[] labels) => new()
    {
        Rankings = 1,
        HistoryLength = behaviours.Length,
        CandidateCount = candidates.Length,
        Behaviours = behaviours,
        Lengths = [length],
        Candidates = candidates,
        Labels = labels,
        Users = [-1],
        Contexts = [0],
    };

    private static (float[] Item, float[] Scores) Train(int seed)
    {
        var shop = new TinyShop(seed: 1);
        RankingEmbeddings embeddings = shop.Embeddings(seed);
        using RankingNetwork network = shop.Network(
            seed, options: """{ "attentionUnits": [8], "topUnits": [8], "activation": "dice", "dropout": 0.3 }""", embeddings: embeddings);
        new RankingTrainer(network, Options with { Epochs = 1, Seed = seed }, TimeProvider.System)
            .Fit(shop, progress: null, TestContext.Current.CancellationToken);
        return (embeddings.ItemTables[0].Values, network.Score(shop.Batch(99)));
    }

    private sealed class Batches(RankingBatch[] training, RankingBatch[] validation) : ITrainingData
    {
        public int StepsPerEpoch => training.Length;

        public IEnumerable<RankingBatch> Epoch(int epoch) => training;

        public IEnumerable<RankingBatch> Validation() => validation;
    }

    /// <summary>A label that is infinite makes the loss so.</summary>
    private sealed class BrokenAt(ITrainingData data, int epoch, int batch) : ITrainingData
    {
        public int StepsPerEpoch => data.StepsPerEpoch;

        public IEnumerable<RankingBatch> Epoch(int number) => data.Epoch(number).Select((b, i) => number == epoch && i + 1 == batch
            ? b with { Labels = [.. b.Labels.Select(_ => float.PositiveInfinity)] }
            : b);

        public IEnumerable<RankingBatch> Validation() => data.Validation();
    }

    private sealed class Listener(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
