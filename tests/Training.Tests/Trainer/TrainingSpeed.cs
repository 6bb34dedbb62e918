using DinOrleans.Model.Ranking;
using DinOrleans.Training.Trainer;
using DinOrleans.Training.Trainer.Batches;
using DinOrleans.Training.Trainer.Embeddings;

namespace DinOrleans.Training.Tests.Trainer;

/// <summary>Measures, and asserts nothing about speed; run with <c>-explicit only</c> on a quiet machine.</summary>
public sealed class TrainingSpeed(ITestOutputHelper output)
{
    private const int Items = 100_000;
    private const int Dimension = 64;
    private const int History = 50;

    [Theory(Explicit = true)]
    [InlineData("din", "sigmoid", """, "attentionUnits": [80, 40]""")]
    [InlineData("din", "pRelu", """, "attentionUnits": [80, 40]""")]
    [InlineData("din", "dice", """, "attentionUnits": [80, 40]""")]
    [InlineData("dien", "dice", "")]
    public void Fit_Model(string model, string activation, string more)
    {
        var layout = new ScoreLayout(Dimension, 0, 0, 1);
        string options = $$"""{ "topUnits": [200, 80], "activation": "{{activation}}"{{more}} }""";
        var embeddings = new RankingEmbeddings
        {
            ItemTables = [new("item.item_id", 1 + Items, Dimension, seed: 1)],
            ItemBias = new("item.item_id.bias", 1 + Items, 1, seed: 1),
            ItemIdFeature = 0,
            Items = new(Items, [[.. Enumerable.Range(1, Items)]], [], 0),
        };
        using var network = new RankingNetwork(RankingModels.Create(model, layout, options), layout, embeddings, seed: 1);
        var trainer = new RankingTrainer(network, new TrainerOptions { Epochs = 3, Patience = 3 }, TimeProvider.System);

        TrainingOutcome outcome = trainer.Fit(new Source(), progress: null, TestContext.Current.CancellationToken);

        output.WriteLine($"{model} {activation}: {string.Join(", ", outcome.Epochs.Select(e => $"{e.SamplesPerSecond:N0}"))} samples/s");
        Assert.Equal(3, outcome.Epochs.Count);
    }

    /// <summary>One positive and one negative share a history.</summary>
    private sealed class Source : ITrainingData
    {
        private const int Rankings = 512;
        private readonly RankingBatch[] _batches = [.. Enumerable.Range(0, 40).Select(Batch)];

        public int StepsPerEpoch => _batches.Length;

        public IEnumerable<RankingBatch> Epoch(int epoch) => _batches;

        public IEnumerable<RankingBatch> Validation() => [];

        private static RankingBatch Batch(int seed)
        {
            var random = new Random(seed);
            return new()
            {
                Rankings = Rankings,
                HistoryLength = History,
                CandidateCount = 2,
                Behaviours = [.. Enumerable.Range(0, Rankings * History).Select(_ => random.Next(Items))],
                Lengths = [.. Enumerable.Repeat(History, Rankings)],
                Candidates = [.. Enumerable.Range(0, Rankings * 2).Select(_ => random.Next(Items))],
                Labels = [.. Enumerable.Range(0, Rankings * 2).Select(i => i % 2 == 0 ? 1f : 0f)],
                Users = [.. Enumerable.Repeat(-1, Rankings)],
                Contexts = [.. Enumerable.Repeat(-1, Rankings)],
            };
        }
    }
}
