using DinOrleans.Model.Validation;
using DinOrleans.Training.Batches;
using DinOrleans.Training.Evaluation;
using DinOrleans.Training.Network;
using DinOrleans.Training.Torch.NativeLibraries;
using DinOrleans.Training.Trainer;
using static TorchSharp.torch;

namespace DinOrleans.Training.Tests.Trainer;

public sealed class InBatchLossTests
{
    /// <summary>Three rankings of two candidates; positives are item 0 of the first, 1 and 2 of the second and 0 of the third.</summary>
    private static readonly RankingBatch Batch = new()
    {
        Rankings = 3,
        HistoryLength = 1,
        CandidateCount = 2,
        Behaviours = [-1, -1, -1],
        Lengths = [0, 0, 0],
        Candidates = [0, 3, 1, 2, 0, -1],
        Labels = [1, 0, 1, 1, 1, 1],
        Users = [-1, -1, -1],
        Contexts = [-1, -1, -1],
        PositiveShares = [0.5f, 0.3f, 0.15f, 0.05f],
    };

    /// <summary>The tests may be the first to use the library, which only the runtime loads on every machine.</summary>
    static InBatchLossTests() => TorchRuntime.EnsureLoaded();

    [Fact]
    public void Compute_AnyBatch_IsTheCorrectedSoftmaxOverNegatives()
    {
        using var scope = NewDisposeScope();
        float[] logits = [.. Enumerable.Range(0, 12).Select(i => MathF.Sin(i))];
        InBatchLoss loss = InBatchLoss.Prepare(Batch);
        Assert.Equal([0, 1, 2, 0], loss.Items);

        float actual = loss.Compute(tensor(logits, [3, 4, 1]), [2.0]).item<float>();

        // Ranking, own place, and the places of its negatives: never its item again nor its ranking's other positive.
        (int Ranking, int Own, int[] Negatives)[] rows = [(0, 0, [1, 2]), (1, 1, [0, 3]), (1, 2, [0, 3]), (2, 3, [1, 2])];
        double expected = rows.Average(row =>
        {
            double Corrected(int place) => logits[(row.Ranking * 4) + place] - Math.Log(Batch.PositiveShares![loss.Items[place]]);
            return -Corrected(row.Own) + Math.Log(row.Negatives.Append(row.Own).Sum(p => Math.Exp(Corrected(p))));
        });
        Assert.Equal(2 * expected, actual, 1e-5);
    }

    [Fact]
    public void Compute_PositivesOfTheSameUserInAnotherRanking_AreNoNegatives()
    {
        using var scope = NewDisposeScope();
        float[] logits = [.. Enumerable.Range(0, 12).Select(i => MathF.Sin(i))];
        InBatchLoss loss = InBatchLoss.Prepare(Batch with { Users = [7, 7, 8] });

        float actual = loss.Compute(tensor(logits, [3, 4, 1]), [1.0]).item<float>();

        // Of the first two rankings' user items 0, 1 and 2 are positives, and no other is in the batch: their loss is 0.
        double Corrected(int place) => logits[8 + place] - Math.Log(Batch.PositiveShares![loss.Items[place]]);
        double last = -Corrected(3) + Math.Log(((int[])[1, 2, 3]).Sum(p => Math.Exp(Corrected(p))));
        Assert.Equal(last / 4, actual, 1e-5);
    }

    [Fact]
    public void Of_MorePositivesThanCanBeSetAgainstEachOther_SaysHowMany()
    {
        const int Positives = 50_000;
        var batch = Batch with
        {
            Rankings = 1,
            Behaviours = [-1],
            Lengths = [0],
            CandidateCount = Positives,
            Candidates = new int[Positives],
            Labels = [.. Enumerable.Repeat(1f, Positives)],
            Users = [-1],
            Contexts = [-1],
        };

        string message = Assert.Throws<InvalidContentException>(() => InBatchLoss.Prepare(batch)).Message;

        Assert.Contains("has 50000 positives", message, StringComparison.Ordinal);
        Assert.Contains("at most 46340 can be. A smaller batchSize has fewer", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_PositiveWithoutAShare_IsRefused() => Assert.Contains(
        "positive 2 has no share",
        Assert.Throws<ArgumentException>(() => InBatchLoss.Prepare(Batch with { PositiveShares = [1, 1, 0] })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Of_BatchWithoutShares_IsRefused() => Assert.Throws<ArgumentException>(() => InBatchLoss.Prepare(Batch with { PositiveShares = null }));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Step_PositivesOfOneUser_ChangesNothing(int rankings)
    {
        var shop = new TinyShop(seed: 1);
        using RankingNetwork network = InBatch(shop);
        var step = new TrainingStep(network, new() { Threads = 1 });
        float[] shares = new Popular(shop).Shares;
        RankingBatch ofOne = shop.Batch(seed: 2).Take([.. Enumerable.Range(0, rankings).Select(r => new CandidateRange(r, 0, 1))]) with
        {
            CandidateCount = 1,
            Candidates = [.. Enumerable.Range(0, rankings)],
            Positions = null,
            Labels = [.. Enumerable.Repeat(1f, rankings)],
            Users = [.. Enumerable.Repeat(4, rankings)],
            PositiveShares = shares,
        };

        // After a step the optimizer has momentum, which moves weights even where a gradient is 0.
        step.Run(shop.Batch(seed: 3) with { PositiveShares = shares }, epoch: 1);
        float[] before = network.Score(ofOne);

        Assert.Equal(0, step.Run(ofOne, epoch: 1));
        Assert.Equal(before, network.Score(ofOne));
    }

    [Fact]
    public void Fit_InBatch_LearnsWhoLikesWhat()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var shop = new TinyShop(seed: 1);
        using RankingNetwork network = InBatch(shop);
        var options = new TrainerOptions { Epochs = 4, LearningRate = 0.02, EpochDecay = 1, Seed = 3, Threads = 1, Patience = 4 };

        new RankingTrainer(network, options, TimeProvider.System).Fit(new Popular(shop), progress: null, cancellation);

        double auc = RankingEvaluator.Evaluate(network, shop.Validation(), cancellation)!.Auc;
        Assert.True(auc > 0.8, $"AUC {auc}");
    }

    private static RankingNetwork InBatch(TinyShop shop) =>
        shop.Network(seed: 3, "two-tower", """{ "towerUnits": [16], "outputWidth": 8, "loss": "inBatch" }""");

    /// <summary>The shop, with the shares of positives counted over an epoch.</summary>
    private sealed class Popular : ITrainingData
    {
        private readonly TinyShop _shop;

        public Popular(TinyShop shop)
        {
            _shop = shop;
            int[] positives = [.. shop.Epoch(1).Concat(shop.Epoch(2)).SelectMany(b => b.Candidates.Where((c, i) => c >= 0 && b.Labels[i] == 1))];
            Shares = [.. Enumerable.Range(0, 60).Select(item => positives.Count(p => p == item) / (float)positives.Length)];
        }

        public float[] Shares { get; }

        public int StepsPerEpoch => _shop.StepsPerEpoch;

        public IEnumerable<RankingBatch> Epoch(int epoch) => _shop.Epoch(epoch).Select(b => b with { PositiveShares = Shares });

        public IEnumerable<RankingBatch> Validation() => _shop.Validation();
    }
}
