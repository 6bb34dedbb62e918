using DinOrleans.Model.Validation;
using DinOrleans.Training.Network;
using DinOrleans.Training.Trainer;
using DinOrleans.Training.Trainer.Optimizers;

namespace DinOrleans.Training.Tests.Trainer;

public sealed class TrainerOptionsTests
{
    public static TheoryData<string, TrainerOptions> Broken() => new()
    {
        { "epochs", new() { Epochs = 0 } },
        { "batchSize", new() { BatchSize = 0 } },
        { "learningRate", new() { LearningRate = 0 } },
        { "learningRate", new() { LearningRate = double.NaN } },
        { "embeddingLearningRate", new() { EmbeddingLearningRate = -1 } },
        { "optimizer", new() { Optimizer = (OptimizerKind)9 } },
        { "embeddingOptimizer", new() { EmbeddingOptimizer = (OptimizerKind)9 } },
        { "warmupSteps", new() { WarmupSteps = -1 } },
        { "epochDecay", new() { EpochDecay = 1.1 } },
        { "clipNorm", new() { ClipNorm = -1 } },
        { "clipNorm", new() { ClipNorm = 0 } },
        { "clipNorm", new() { ClipNorm = 1e7 } },
        { "l2 must", new() { L2 = 11 } },
        { "l2 must", new() { L2 = double.NaN } },
        { "embeddingL2", new() { EmbeddingL2 = 11 } },
        { "embeddingDeviation", new() { EmbeddingDeviation = 0 } },
        { "embeddingDeviation", new() { EmbeddingDeviation = 1.5 } },
        { "one weight for each of 2 tasks", new() { TaskWeights = [1] } },
        { "taskWeights must be 0 to 1,000", new() { TaskWeights = [1, -1] } },
        { "taskWeights must have one above 0", new() { TaskWeights = [0, 0] } },
        { "patience", new() { Patience = 0 } },
        { "hiddenShare", new() { HiddenShare = 0.6 } },
        { "hiddenShare", new() { HiddenShare = double.NaN } },
        { "threads", new() { Threads = 0 } },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Check_OneRuleBroken_NamesIt(string rule, TrainerOptions options) =>
        Assert.Contains(rule, Assert.Single(options.Check(tasks: 2)));

    [Fact]
    public void Check_Defaults_AreValid() => Assert.Empty(new TrainerOptions().Check(tasks: 1));

    [Fact]
    public void Trainer_MiniBatchAwareWithoutCounts_IsRefused()
    {
        using RankingNetwork network = new TinyShop(seed: 1).Network(seed: 1);
        var options = new TrainerOptions { EmbeddingL2 = 0.1, MiniBatchAware = true };

        var error = Assert.Throws<InvalidContentException>(() => new RankingTrainer(network, options, TimeProvider.System));

        Assert.Contains("item.category", error.Message);
    }
}
