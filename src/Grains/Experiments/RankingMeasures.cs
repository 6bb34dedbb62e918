using System.IO.Hashing;
using System.Runtime.InteropServices;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Grains.Experiments;

/// <summary>Counts what an experiment measures: what was shown, what followed, how long it took.</summary>
public sealed class RankingMeasures(ExperimentDesk desk)
{
    /// <summary>Probabilities are kept away from 0 and 1 by this, as in training's log loss.</summary>
    private const double Edge = 1e-7;

    /// <summary>Counts a ranking that was answered.</summary>
    /// <returns>The part of the ranking to remember, so that later events can be counted for it.</returns>
    internal MeasuredRanking Answered(string userId, UserArm arm, Ranking ranking, DateTimeOffset time)
    {
        int tasks = ranking.Tasks.Count;
        float[] probabilities = ranking.ScoresAreProbabilities ? new float[ranking.Items.Count * tasks] : [];
        string[] items = new string[ranking.Items.Count];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = ranking.Items[i].ItemId;
            if (probabilities.Length > 0)
            {
                ranking.Items[i].Scores.Span.CopyTo(probabilities.AsSpan(i * tasks, tasks));
            }
        }

        int block = Block(userId);
        desk.Count(arm, counts =>
        {
            counts.RankingsOfBlocks[block]++;
            counts.Shown[block] += items.Length;
            counts.Users.Add(userId);
            counts.Latency.Add(ranking.TotalMicroseconds);
            for (int k = 0; k < tasks; k++)
            {
                TaskCounts task = counts.Task(ranking.Tasks[k]);
                for (int i = k; i < probabilities.Length; i += tasks)
                {
                    // Every shown item counts as a negative until a positive event says otherwise.
                    task.Expected += probabilities[i];
                    task.LogLoss[block] += NegativeLoss(probabilities[i]);
                    task.Scored[block]++;
                }
            }
        });
        return new(ranking.RankingId, time, arm, items, probabilities, ranking.Tasks);
    }

    /// <summary>Counts a ranking that failed.</summary>
    internal void Failed(string userId, UserArm arm)
    {
        int block = Block(userId);
        desk.Count(arm, counts =>
        {
            counts.RankingsOfBlocks[block]++;
            counts.Errors++;
        });
    }

    /// <summary>Counts a positive event on an item of a ranking; a second one of the same task on the same item is not counted.</summary>
    internal void Positive(string userId, MeasuredRanking ranking, int place, string task)
    {
        if (!ranking.MarkPositive(place, task))
        {
            return;
        }

        int block = Block(userId);
        float? probability = ranking.Probability(place, task);
        desk.Count(ranking.Arm, counts =>
        {
            TaskCounts sums = counts.Task(task);
            sums.Positives[block]++;
            if (probability is { } p)
            {
                sums.ScoredPositives++;
                sums.LogLoss[block] += PositiveLoss(p) - NegativeLoss(p);
            }
        });
    }

    /// <summary>Counts how a shadow's order of a ranking's items compares with the one that was answered.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="arm">The shadow.</param>
    /// <param name="answered">[items] the score of each item as it was answered.</param>
    /// <param name="shadow">[items] the score of each item by the shadow.</param>
    /// <param name="microseconds">The time that the shadow took, in microseconds.</param>
    internal void Shadowed(string userId, UserArm arm, float[] answered, float[] shadow, long microseconds)
    {
        int block = Block(userId);
        double overlap = RankComparison.Overlap(answered, shadow, 10);
        double tau = RankComparison.KendallTau(answered, shadow);
        desk.Count(arm, counts =>
        {
            counts.RankingsOfBlocks[block]++;
            counts.Users.Add(userId);
            counts.Latency.Add(microseconds);
            counts.Shadow.Compared++;
            counts.Shadow.Overlap += overlap;
            counts.Shadow.KendallTau += tau;
            counts.Shadow.MeanScore += shadow.Average();
            counts.Shadow.AnsweredMeanScore += answered.Average();
        });
    }

    /// <summary>Counts a shadow ranking that was left out.</summary>
    internal void ShadowDropped(UserArm arm) => desk.Count(arm, counts => counts.Shadow.Dropped++);

    /// <summary>The block that a user belongs to. It does not depend on the hash that assigns arms.</summary>
    private static int Block(string userId) => (int)(XxHash3.HashToUInt64(MemoryMarshal.AsBytes(userId.AsSpan()), seed: 1) % ArmCounts.Blocks);

    private static double PositiveLoss(double probability) => -Math.Log(Math.Clamp(probability, Edge, 1 - Edge));

    private static double NegativeLoss(double probability) => -Math.Log(1 - Math.Clamp(probability, Edge, 1 - Edge));
}
