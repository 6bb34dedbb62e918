using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Metrics;
using DinOrleans.Model.Ranking;
using DinOrleans.Training.Samples;
using DinOrleans.Training.Trainer;
using DinOrleans.Training.Versions;

namespace DinOrleans.Training.Evaluation;

/// <summary>Ranks each user's last item against given negatives, from what precedes it, by the score that serving ranks by.</summary>
public static class PairsEvaluation
{
    private const int BatchSize = 256;

    /// <summary>Evaluates a version.</summary>
    /// <param name="artifact">The version.</param>
    /// <param name="log">The log; the history of a user is all before the last positive.</param>
    /// <param name="pairs">Users with their last item and its negatives.</param>
    /// <exception cref="InvalidDataException">A user of the pairs has no last positive in the log, or another one.</exception>
    public static PairsResult Evaluate(Artifact artifact, TrainingLog log, IReadOnlyList<RankingPair> pairs)
    {
        using RankingNetwork network = NetworkFactory.Of(artifact, log);
        RankingScore ranking = RankingScore.Of(artifact.Manifest.Schema);
        List<float> positive = [], uniform = [], popular = [];
        SampleSplit rankings = PairSamples.Build(log, pairs, SampleProtocol.LastItem.Options(seed: 1));
        foreach (SampleBatch batch in rankings.Batches(BatchSize, epoch: 0, shuffle: false))
        {
            float[] scores = network.Score(SampleData.Batch(batch));
            int tasks = network.Layout.TaskCount;
            for (int r = 0; r < batch.Rankings; r++)
            {
                int first = r * batch.CandidateCount * tasks;
                positive.Add(ranking.Score(scores.AsSpan(first, tasks)));
                uniform.Add(ranking.Score(scores.AsSpan(first + tasks, tasks)));
                popular.Add(ranking.Score(scores.AsSpan(first + (2 * tasks), tasks)));
            }
        }

        return new(pairs.Count, Against(positive, uniform), Against(positive, popular));
    }

    private static PairsMeasure Against(List<float> positive, List<float> negative)
    {
        float[] scores = [.. positive, .. negative];
        bool[] labels = [.. positive.Select(_ => true), .. negative.Select(_ => false)];
        int[] users = [.. Enumerable.Range(0, positive.Count), .. Enumerable.Range(0, negative.Count)];
        return new(RankingMetrics.Auc(scores, labels), RankingMetrics.Gauc(users, scores, labels));
    }
}

/// <summary>What an evaluation on pairs came to.</summary>
/// <param name="Users">How many pairs.</param>
/// <param name="Uniform">Against the uniform negatives.</param>
/// <param name="Popular">Against the negatives drawn by popularity.</param>
public sealed record PairsResult(int Users, PairsMeasure Uniform, PairsMeasure Popular);

/// <summary>Quality against one kind of negative.</summary>
/// <param name="Auc">Over all pairs together.</param>
/// <param name="Gauc">Share of users whose positive scores above the negative, ties half.</param>
public sealed record PairsMeasure(double Auc, double Gauc);
