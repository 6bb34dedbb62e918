using DinOrleans.Datasets;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Ranking;
using DinOrleans.Training.Batches;
using DinOrleans.Training.Evaluation;
using DinOrleans.Training.Log;
using DinOrleans.Training.Network;
using DinOrleans.Training.Samples;
using DinOrleans.Training.Samples.Splits;
using DinOrleans.Training.Torch;
using DinOrleans.Training.Versions;

namespace DinOrleans.Evaluation;

/// <summary>Ranks each user's last item against given negatives, from what precedes it, by the score that serving ranks by.</summary>
public static class PairsEvaluation
{
    private const int BatchSize = 256;

    /// <summary>Evaluates a version.</summary>
    /// <param name="artifact">The version.</param>
    /// <param name="log">The log; the history of a user is all before the ranking of the last positive.</param>
    /// <param name="pairs">Users with their last item and its negatives.</param>
    /// <param name="threads">The number of threads to score on, at least 1. Null stands for one per processor.</param>
    /// <exception cref="InvalidDataException">A user of the pairs has no last positive in the log, or another one.</exception>
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

    /// <summary>The positives of pairs with one kind of their negatives.</summary>
    /// <param name="predictions">Of the rankings of <see cref="PairSamples"/>.</param>
    /// <param name="negative">Position of the negative in them.</param>
    internal static TaskPredictions Against(TaskPredictions predictions, int negative) =>
        predictions.Where(p => p.Position == PairSamples.Positive || p.Position == negative);

    private static PairsMeasure Measure(TaskPredictions predictions)
    {
        TaskEvaluation evaluation = RankingEvaluator.Evaluate(predictions);

        // A sum of weighted tasks need not be within 0 and 1, and is then measured by its order alone.
        bool hasLevel = predictions.Scores.All(score => score is >= 0 and <= 1);
        return new(evaluation.Auc, evaluation.Gauc, hasLevel ? evaluation.LogLoss : null, hasLevel ? evaluation.Calibration : null);
    }
}

/// <summary>What an evaluation on pairs came to.</summary>
/// <param name="Users">How many pairs.</param>
/// <param name="ScoresAreProbabilities">
/// Whether the version's scores are probabilities of what is shown; where not, log loss and calibration tell how many negatives training drew.
/// </param>
/// <param name="Uniform">Against the uniform negatives.</param>
/// <param name="Popular">Against the negatives drawn by popularity.</param>
public sealed record PairsResult(int Users, bool ScoresAreProbabilities, PairsMeasure Uniform, PairsMeasure Popular);

/// <summary>Quality against one kind of negative.</summary>
/// <param name="Auc">Over all pairs together.</param>
/// <param name="Gauc">Share of users whose positive scores above the negative, ties half.</param>
/// <param name="LogLoss">Nats, over positives and negatives, half of each; null where scores are not all 0 to 1.</param>
/// <param name="Calibration">Mean score over the share of positives, which is a half; null where scores are not all 0 to 1.</param>
public sealed record PairsMeasure(double Auc, double Gauc, double? LogLoss, double? Calibration);
