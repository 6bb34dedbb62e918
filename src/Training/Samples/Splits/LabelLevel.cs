using DinOrleans.Training.Samples.Rankings;

namespace DinOrleans.Training.Samples.Splits;

/// <summary>How likely labels are to be positive before anything is learned, and how much of that is due to the drawing of negatives.</summary>
/// <remarks>
/// Where a log has impressions, scores are probabilities for what is shown. Sampled positives from before them have as many negatives as are drawn.
/// To learn from both, the logits of sampled positives are shifted by the difference of the log odds. They then teach which items are chosen over
/// which, and the impressions alone teach how often.
/// </remarks>
/// <param name="LogOdds">[K] The log odds of a positive label per task, of what was shown, or of sampled positives where nothing was shown.</param>
/// <param name="ShiftOfSampled">[K] What training adds to the logits of sampled positives and their negatives. Null for nothing.</param>
/// <param name="AreProbabilities">True if labels are of what was shown, so that their rate is the rate in serving.</param>
internal sealed record LabelLevel(float[] LogOdds, float[]? ShiftOfSampled, bool AreProbabilities)
{
    /// <summary>Measures the labels of the training rankings.</summary>
    public static LabelLevel Measure(SampleSet samples)
    {
        LabelCounts sampled = samples.Training.Sampled;
        LabelCounts shown = samples.Training.Shown;
        float[] ofSampled = LogOddsOf(sampled);
        float[] ofShown = LogOddsOf(shown);
        return shown.Rankings == 0
            ? new(ofSampled, null, false)
            : new(ofShown, sampled.Rankings == 0 ? null : [.. ofSampled.Zip(ofShown, (here, there) => here - there)], true);
    }

    private static float[] LogOddsOf(LabelCounts counts) => [.. counts.Positives.Select((_, task) => (float)counts.LogOdds(task))];
}
