using DinOrleans.Training.Batches;
using DinOrleans.Training.Evaluation;
using DinOrleans.Training.Network;
using DinOrleans.Training.Tests.Trainer;
using DinOrleans.Training.Trainer;

namespace DinOrleans.Training.Tests.Batches;

public sealed class NegativeBehavioursTests
{
    [Fact]
    public void Draw_Batch_GivesItemsOfOtherHistories()
    {
        RankingBatch batch = new TinyShop(seed: 1).Batch(seed: 5);

        int[] negatives = NegativeBehaviours.Draw(batch, seed: 1, step: 1);

        for (int r = 0; r < batch.Rankings; r++)
        {
            int[] own = batch.Behaviours[(r * batch.HistoryLength)..][..batch.Lengths[r]];
            int[] drawn = negatives[(r * batch.HistoryLength)..][..batch.HistoryLength];
            Assert.All(drawn[..own.Length], item => Assert.True(item >= 0 && !own.Contains(item)));
            Assert.All(drawn[own.Length..], item => Assert.Equal(-1, item));
        }
    }

    [Fact]
    public void Draw_SameSeedAndStep_GivesTheSame()
    {
        RankingBatch batch = new TinyShop(seed: 1).Batch(seed: 5);

        Assert.Equal(NegativeBehaviours.Draw(batch, 1, 7), NegativeBehaviours.Draw(batch, 1, 7));
        Assert.NotEqual(NegativeBehaviours.Draw(batch, 1, 7), NegativeBehaviours.Draw(batch, 1, 8));
        Assert.NotEqual(NegativeBehaviours.Draw(batch, 1, 7), NegativeBehaviours.Draw(batch, 2, 7));
    }

    [Fact]
    public void Draw_OneHistory_HasNone() =>
        Assert.All(NegativeBehaviours.Draw(new TinyShop(seed: 1).Batch(seed: 5).Take([new(0, 0, 4)]), 1, 1), item => Assert.Equal(-1, item));

    [Theory]
    [InlineData("augru", 1)]
    [InlineData("aigru", 0)]
    public void Fit_Dien_LearnsInterestsInHistory(string evolution, int auxiliaryWeight)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var shop = new TinyShop(seed: 1);
        using RankingNetwork network = shop.Network(
            seed: 3, "dien", $$"""{ "topUnits": [16], "evolution": "{{evolution}}", "auxiliaryWeight": {{auxiliaryWeight}} }""");
        var options = new TrainerOptions { Epochs = 12, LearningRate = 0.02, EpochDecay = 1, Seed = 3, Threads = 1, Patience = 12 };

        TrainingOutcome outcome = new RankingTrainer(network, options, TimeProvider.System).Fit(shop, progress: null, cancellation);

        RankingEvaluation validation = RankingEvaluator.Evaluate(network, shop.Validation(), cancellation)!;
        Assert.Equal(outcome.Best.Validation!.Auc, validation.Auc);
        Assert.True(validation.Auc > 0.85, $"AUC {validation.Auc}");
    }
}
