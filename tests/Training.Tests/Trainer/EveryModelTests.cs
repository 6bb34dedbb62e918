using DinOrleans.Model.Ranking;
using DinOrleans.Training.Evaluation;
using DinOrleans.Training.Network;
using DinOrleans.Training.Trainer;

namespace DinOrleans.Training.Tests.Trainer;

public sealed class EveryModelTests
{
    public static TheoryData<string> EveryModel() => [.. RankingModels.Names];

    [Theory]
    [MemberData(nameof(EveryModel))]
    public void Fit_AnyModel_LearnsWithItsDefaults(string model)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var shop = new TinyShop(seed: 1);
        using RankingNetwork network = shop.Network(seed: 3, model, "{}");
        RankingEvaluation before = RankingEvaluator.Evaluate(network, shop.Validation(), cancellation)!;
        var options = new TrainerOptions { Epochs = 4, LearningRate = 0.02, EpochDecay = 1, Seed = 3, Threads = 1, Patience = 4 };

        new RankingTrainer(network, options, TimeProvider.System).Fit(shop, progress: null, cancellation);

        RankingEvaluation after = RankingEvaluator.Evaluate(network, shop.Validation(), cancellation)!;
        Assert.True(after.LogLoss < before.LogLoss, $"log loss {before.LogLoss}, after training {after.LogLoss}");
        if (model != LogisticRegression.Name)
        {
            // Who likes what is in the meeting of history and candidate, which a sum over features cannot see.
            Assert.True(after.Auc > 0.7, $"AUC {after.Auc}");
        }
    }
}
