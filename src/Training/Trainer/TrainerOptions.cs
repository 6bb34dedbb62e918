using DinOrleans.Model.Validation;
using DinOrleans.Training.Torch;
using DinOrleans.Training.Trainer.Optimizers;

namespace DinOrleans.Training.Trainer;

/// <summary>How a network is trained.</summary>
public sealed record TrainerOptions
{
    /// <summary>The largest number of passes over the training data, 1 to 1,000.</summary>
    public int Epochs { get; init; } = 3;

    /// <summary>The number of rankings per step, 1 to 65,536. Whoever makes the batches uses it.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>The learning rate of the dense parameters, more than 0 and at most 10.</summary>
    public double LearningRate { get; init; } = 4e-3;

    /// <summary>The learning rate of the embedding rows, more than 0 and at most 10. Null takes <see cref="LearningRate"/>.</summary>
    public double? EmbeddingLearningRate { get; init; }

    /// <summary>The optimizer of the dense parameters.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>The optimizer of the embedding rows.</summary>
    public OptimizerKind EmbeddingOptimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>The number of steps over which the learning rates rise from 0, 0 to 1,000,000.</summary>
    public int WarmupSteps { get; init; }

    /// <summary>The ratio of an epoch's learning rates to those of the epoch before, more than 0 and at most 1.</summary>
    public double EpochDecay { get; init; } = 0.5;

    /// <summary>The largest norm of all gradients of a step together, more than 0 and at most 1,000,000; null for no limit.</summary>
    public double? ClipNorm { get; init; } = 5;

    /// <summary>
    /// λ of the L2 regularisation of the weights of dense layers, 0 to 10. λ·w is added to their gradient after it was clipped. Biases, slopes and batch
    /// statistics are not regularised.
    /// </summary>
    public double L2 { get; init; }

    /// <summary>λ of the L2 regularisation of touched embedding rows, 0 to 10.</summary>
    public double EmbeddingL2 { get; init; }

    /// <summary>
    /// True if λ is divided by the number of times that a row occurs in the data, so that frequent ids decay less (mini-batch aware regularisation, Zhou
    /// et al., KDD 2018, eq. 6). It needs occurrence counts of every table.
    /// </summary>
    public bool MiniBatchAware { get; init; }

    /// <summary>
    /// The standard deviation of the embedding rows before training, more than 0 and at most 1. Large rows differ from the first step on, so the network
    /// can tell equal items or categories from different ones. Small rows leave more to what is learned.
    /// </summary>
    public double EmbeddingDeviation { get; init; } = 0.01;

    /// <summary>
    /// The share of the known values that each step treats as unknown, drawn anew in each step, 0 to 0.5. The out-of-vocabulary rows are learned from
    /// them, so that values that come later are scored as new ones.
    /// </summary>
    public double HiddenShare { get; init; } = 0.02;

    /// <summary>[K] The weight of each task in the loss, 0 to 1,000. Null gives all tasks the weight 1.</summary>
    public IReadOnlyList<double>? TaskWeights { get; init; }

    /// <summary>The number of epochs without a better validation after which training stops, 1 to 1,000.</summary>
    public int Patience { get; init; } = 1;

    /// <summary>The seed of initial values and dropout. Whoever makes the tables and the network uses it.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// The number of threads of a step, 1 to 1,024. Null stands for one per processor. More threads than idle processors cost far more than they gain, so
    /// beside other work fewer threads are faster.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>The number that <see cref="Threads"/> stands for on this machine.</summary>
    internal int ThreadCount => TorchThreads.Count(Threads);

    /// <summary>Lists all broken rules by JSON field. The list is empty if the options are valid.</summary>
    /// <param name="tasks">The number of tasks.</param>
    public Problems Check(int tasks)
    {
        Problems problems = [];
        problems.Require(Epochs is >= 1 and <= 1000, "epochs must be 1 to 1,000");
        problems.Require(BatchSize is >= 1 and <= 65536, "batchSize must be 1 to 65,536 rankings");
        problems.Require(LearningRate is > 0 and <= 10, "learningRate must be above 0 and at most 10");
        problems.Require(EmbeddingLearningRate is null or (> 0 and <= 10), "embeddingLearningRate must be above 0 and at most 10");
        problems.Require(Enum.IsDefined(Optimizer), "optimizer must be sgd, adagrad or adam");
        problems.Require(Enum.IsDefined(EmbeddingOptimizer), "embeddingOptimizer must be sgd, adagrad or adam");
        problems.Require(WarmupSteps is >= 0 and <= 1_000_000, "warmupSteps must be 0 to 1,000,000");
        problems.Require(EpochDecay is > 0 and <= 1, "epochDecay must be above 0 and at most 1");
        problems.Require(ClipNorm is null or (> 0 and <= 1e6), "clipNorm must be above 0 and at most 1,000,000, or null for no limit");
        problems.Require(L2 is >= 0 and <= 10, "l2 must be 0 to 10");
        problems.Require(EmbeddingL2 is >= 0 and <= 10, "embeddingL2 must be 0 to 10");
        problems.Require(EmbeddingDeviation is > 0 and <= 1, "embeddingDeviation must be above 0 and at most 1");
        problems.Require(HiddenShare is >= 0 and <= 0.5, "hiddenShare must be 0 to 0.5");
        problems.Require(TaskWeights is null || TaskWeights.Count == tasks, $"taskWeights must have one weight for each of {tasks} tasks");
        problems.Require(TaskWeights is null || TaskWeights.All(w => w is >= 0 and <= 1000), "taskWeights must be 0 to 1,000");
        problems.Require(TaskWeights is null || TaskWeights.Any(w => w > 0), "taskWeights must have one above 0");
        problems.Require(Patience is >= 1 and <= 1000, "patience must be 1 to 1,000");
        problems.Require(Threads is null or (>= 1 and <= 1024), "threads must be 1 to 1,024");
        return problems;
    }
}
