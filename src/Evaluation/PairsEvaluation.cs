using DinOrleans.Datasets;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Ranking;
using DinOrleans.Model.Validation;
using DinOrleans.Training.Batches;
using DinOrleans.Training.Evaluation;
using DinOrleans.Training.Log;
using DinOrleans.Training.Network;
using DinOrleans.Training.Samples;
using DinOrleans.Training.Samples.Splits;
using DinOrleans.Training.Torch;
using DinOrleans.Training.Versions;

namespace DinOrleans.Evaluation;

/// <summary>Ranks each user's last item against given negatives with the history before it, by the score by which serving ranks.</summary>
public static class PairsEvaluation
{
    private const int BatchSize = 256;

    /// <summary>Evaluates a version.</summary>
    /// <param name="artifact">The version.</param>
    /// <param name="log">The log. The history of a user is everything before the ranking of the last positive.</param>
    /// <param name="pairs">The users with their last items and negatives.</param>
    /// <param name="threads">The number of threads to score on, at least 1. Null stands for one per processor.</param>
    /// <exception cref="InvalidContentException">A user of the pairs has no positive in the log, or another last positive.</exception>
    public static PairsResult Evaluate(Artifact artifact, TrainingLog log, IReadOnlyList<RankingPair> pairs, int? threads = null)
    {
        TorchThreads.Use(threads);
        using RankingNetwork network = NetworkFactory.Load(artifact, log);
        SampleSplit rankings = PairSamples.Build(log, pairs, SampleProtocol.LastItem.Options(seed: 1));
        IEnumerable<RankingBatch> batches = rankings.Batches(BatchSize, epoch: 0, shuffle: false);
        TaskPredictions predictions = RankingEvaluator.PredictRanking(network, RankingScore.Create(artifact.Manifest.Schema), batches, CancellationToken.None);
        return new(
            pairs.Count,
            artifact.Manifest.ScoresAreProbabilities,
            Measure(Against(predictions, PairSamples.UniformNegative)),
            Measure(Against(predictions, PairSamples.PopularNegative)));
    }

    /// <summary>Keeps the positives of pairs and one kind of their negatives.</summary>
    /// <param name="predictions">The predictions of the rankings of <see cref="PairSamples"/>.</param>
    /// <param name="negative">The position of the negative in these rankings.</param>
    internal static TaskPredictions Against(TaskPredictions predictions, int negative) =>
        predictions.Where(p => p.Position == PairSamples.Positive || p.Position == negative);

    private static PairsMeasure Measure(TaskPredictions predictions)
    {
        TaskEvaluation evaluation = RankingEvaluator.Evaluate(predictions);

        // A weighted sum of tasks may be outside 0 and 1. Only its order is measured then.
        bool hasLevel = predictions.Scores.All(score => score is >= 0 and <= 1);
        return new(evaluation.Auc, evaluation.Gauc, hasLevel ? evaluation.LogLoss : null, hasLevel ? evaluation.Calibration : null);
    }
}

/// <summary>The result of an evaluation on pairs.</summary>
/// <param name="Users">The number of pairs.</param>
/// <param name="ScoresAreProbabilities">
/// True if the version's scores are probabilities for what is shown. Otherwise log loss and calibration depend on how many negatives training drew.
/// </param>
/// <param name="Uniform">The quality against the uniform negatives.</param>
/// <param name="Popular">The quality against the negatives that were drawn by popularity.</param>
public sealed record PairsResult(int Users, bool ScoresAreProbabilities, PairsMeasure Uniform, PairsMeasure Popular);

/// <summary>The quality against one kind of negative.</summary>
/// <param name="Auc">The AUC over all pairs together.</param>
/// <param name="Gauc">The share of users whose positive scores above the negative. Ties count half.</param>
/// <param name="LogLoss">The log loss in nats over positives and negatives, or null if scores are not all 0 to 1.</param>
/// <param name="Calibration">The mean score divided by the share of positives, which is a half, or null if scores are not all 0 to 1.</param>
public sealed record PairsMeasure(double Auc, double Gauc, double? LogLoss, double? Calibration);
