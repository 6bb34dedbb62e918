namespace DinOrleans.Model.Metrics;

/// <summary>Offline quality measures of binary predictions.</summary>
public static class RankingMetrics
{
    private const double Epsilon = 1e-7;

    /// <summary>
    /// Area under the ROC curve: the probability that a random positive scores above a random negative, ties counting half
    /// (the Mann-Whitney statistic over average ranks).
    /// </summary>
    /// <param name="scores">Predicted scores, any monotone scale.</param>
    /// <param name="labels">True for a positive; as long as <paramref name="scores"/>.</param>
    /// <returns>0..1, or NaN where there is no positive or no negative.</returns>
    public static double Auc(ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels)
    {
        RequireSameLength(scores.Length, labels.Length);
        float[] sorted = scores.ToArray();
        bool[] sortedLabels = labels.ToArray();
        Array.Sort(sorted, sortedLabels);
        double positiveRanks = 0;
        long positives = 0;
        for (int start = 0; start < sorted.Length;)
        {
            int end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start])
            {
                end++;
            }

            double averageRank = (start + 1 + end) / 2.0;
            for (int i = start; i < end; i++)
            {
                if (sortedLabels[i])
                {
                    positiveRanks += averageRank;
                    positives++;
                }
            }

            start = end;
        }

        long negatives = sorted.Length - positives;
        return positives == 0 || negatives == 0
            ? double.NaN
            : (positiveRanks - (positives * (positives + 1) / 2.0)) / ((double)positives * negatives);
    }

    /// <summary>
    /// Per-user AUC weighted by the user's impressions (Zhou et al., KDD 2018, eq. 7). Users without both labels are left out.
    /// </summary>
    /// <param name="users">The user of each prediction; as long as <paramref name="scores"/>.</param>
    /// <param name="scores">Predicted scores.</param>
    /// <param name="labels">True for a positive.</param>
    /// <returns>0..1, or NaN where no user has both labels.</returns>
    public static double Gauc(ReadOnlySpan<int> users, ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels)
    {
        RequireSameLength(scores.Length, labels.Length);
        RequireSameLength(scores.Length, users.Length);
        int[] order = new int[users.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(users.ToArray(), order);
        float[] orderedScores = new float[order.Length];
        bool[] orderedLabels = new bool[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            orderedScores[i] = scores[order[i]];
            orderedLabels[i] = labels[order[i]];
        }

        double weighted = 0;
        long impressions = 0;
        for (int start = 0; start < order.Length;)
        {
            int end = start + 1;
            while (end < order.Length && users[order[end]] == users[order[start]])
            {
                end++;
            }

            double auc = Auc(orderedScores.AsSpan(start, end - start), orderedLabels.AsSpan(start, end - start));
            if (!double.IsNaN(auc))
            {
                weighted += auc * (end - start);
                impressions += end - start;
            }

            start = end;
        }

        return impressions == 0 ? double.NaN : weighted / impressions;
    }

    /// <summary>Mean negative log likelihood, in nats.</summary>
    /// <param name="probabilities">Predicted probabilities, 0..1.</param>
    /// <param name="labels">True for a positive.</param>
    public static double LogLoss(ReadOnlySpan<float> probabilities, ReadOnlySpan<bool> labels)
    {
        RequireSameLength(probabilities.Length, labels.Length);
        double sum = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            double p = Math.Clamp(probabilities[i], Epsilon, 1 - Epsilon);
            sum -= Math.Log(labels[i] ? p : 1 - p);
        }

        return sum / labels.Length;
    }

    /// <summary>Mean predicted probability over the observed positive rate; 1 is perfectly calibrated in the mean.</summary>
    /// <param name="probabilities">Predicted probabilities, 0..1.</param>
    /// <param name="labels">True for a positive.</param>
    public static double Calibration(ReadOnlySpan<float> probabilities, ReadOnlySpan<bool> labels)
    {
        RequireSameLength(probabilities.Length, labels.Length);
        double predicted = 0;
        long positives = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            predicted += probabilities[i];
            positives += labels[i] ? 1 : 0;
        }

        return predicted / positives;
    }

    /// <summary>Groups predictions of similar probability. The groups have equal size, up to one prediction.</summary>
    /// <param name="probabilities">Predicted probabilities, 0..1.</param>
    /// <param name="labels">True for a positive.</param>
    /// <param name="bins">The number of groups. Fewer predictions make as many groups as there are predictions.</param>
    /// <returns>The groups, lowest predictions first.</returns>
    public static IReadOnlyList<CalibrationBin> CalibrationBins(ReadOnlySpan<float> probabilities, ReadOnlySpan<bool> labels, int bins = 10)
    {
        RequireSameLength(probabilities.Length, labels.Length);
        float[] predicted = probabilities.ToArray();
        bool[] happened = labels.ToArray();
        Array.Sort(predicted, happened);
        int groups = Math.Min(bins, predicted.Length);
        var made = new CalibrationBin[groups];
        for (int group = 0; group < groups; group++)
        {
            int start = (int)((long)predicted.Length * group / groups);
            int end = (int)((long)predicted.Length * (group + 1) / groups);
            double sum = 0;
            int positives = 0;
            for (int i = start; i < end; i++)
            {
                sum += predicted[i];
                positives += happened[i] ? 1 : 0;
            }

            int samples = end - start;
            made[group] = new(sum / samples, (double)positives / samples, samples);
        }

        return made;
    }

    /// <summary>RelaImpr of an AUC over a base model's AUC (Zhou et al., KDD 2018, eq. 8), as a ratio: 0.1 is 10 %.</summary>
    public static double RelaImpr(double auc, double baseAuc) => ((auc - 0.5) / (baseAuc - 0.5)) - 1;

    private static void RequireSameLength(int expected, int actual)
    {
        if (expected != actual)
        {
            throw new ArgumentException($"Scores, labels and users must be equally long, but {expected} and {actual} were given.");
        }
    }
}
