using DinOrleans.Training.Samples;

namespace DinOrleans.Training.Versions;

/// <summary>How likely labels are to be positive before anything is learned, and what of that is due to how negatives were drawn.</summary>
/// <remarks>
/// Where a log has impressions, scores are the probabilities of what is shown. Sampled positives, from before them, have as many negatives as
/// are drawn: to learn from both, the logits of the sampled are shifted by the difference of the log odds, so that they teach what is chosen over
/// what and leave how often to the impressions.
/// </remarks>
/// <param name="LogOdds">[K] of a label of each task: of what was shown, or of the sampled where nothing was.</param>
/// <param name="ShiftOfSampled">[K] what is added to the logits of sampled positives and their negatives in training; null where nothing is.</param>
/// <param name="AreProbabilities">Whether labels are of what was shown, so that their rate is that of service.</param>
internal sealed record LabelLevel(float[] LogOdds, float[]? ShiftOfSampled, bool AreProbabilities)
{
    public static LabelLevel Of(SampleSet samples)
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
