using DinOrleans.Model.Metrics;
using DinOrleans.Training.Evaluation;

namespace DinOrleans.Evaluation.Compare.Measures;

/// <summary>Measures predictions for the report.</summary>
internal static class TestMeasurement
{
    private const int Slices = 5;

    /// <summary>Measures the predictions of a task on one kind of test.</summary>
    /// <param name="task">The name of the task.</param>
    /// <param name="against">The kind of test.</param>
    /// <param name="predictions">The predictions of that task and test.</param>
    /// <param name="popularity">[items] How often training has each item.</param>
    public static TestMeasures Measure(string task, string against, TaskPredictions predictions, int[] popularity)
    {
        TaskEvaluation evaluation = RankingEvaluator.Evaluate(predictions);
        return new(
            task,
            against,
            evaluation.Samples,
            evaluation.Auc,
            evaluation.Gauc,
            evaluation.LogLoss,
            evaluation.Calibration,
            RankingMetrics.CalibrationBins(predictions.Scores, predictions.Labels),
            ByRange(predictions, p => p.HistoryLength),
            ByRange(predictions, p => popularity[p.Item]));
    }

    /// <summary>
    /// The GAUC of the positives whose value is in a range, against all negatives of their users. The ranges have about the same number of positives.
    /// </summary>
    internal static IReadOnlyList<GaucSlice> ByRange(TaskPredictions predictions, Func<Prediction, int> value)
    {
        int[] values = [.. predictions.Rows.Where(p => p.Label).Select(value).Order()];
        List<GaucSlice> slices = [];
        for (int start = 0; start < values.Length;)
        {
            // A value is never split over two ranges.
            int end = (int)Math.Max(start + 1, (long)values.Length * (slices.Count + 1) / Slices);
            while (end < values.Length && values[end] == values[end - 1])
            {
                end++;
            }

            (int first, int last) = (values[start], values[end - 1]);
            TaskPredictions slice = predictions.Where(p => !p.Label || (value(p) >= first && value(p) <= last));
            slices.Add(new(
                first == last ? $"{first}" : $"{first}–{last}", end - start, RankingMetrics.Gauc(slice.Users, slice.Scores, slice.Labels)));
            start = end;
        }

        return slices;
    }
}
