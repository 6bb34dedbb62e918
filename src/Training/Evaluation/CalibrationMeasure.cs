using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Metrics;
using DinOrleans.Model.Schema;
using DinOrleans.Training.Batches;
using DinOrleans.Training.Network;

namespace DinOrleans.Training.Evaluation;

/// <summary>Compares the probabilities of a network with what happened.</summary>
internal static class CalibrationMeasure
{
    /// <summary>Scores labelled rankings and groups the candidates of each task by their probability.</summary>
    /// <returns>The groups of each task that has a labelled candidate, or null if none has.</returns>
    /// <exception cref="TrainingDivergedException">A score is NaN.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<TaskCalibration>? Measure(
        RankingNetwork network, FeatureSchema schema, IEnumerable<RankingBatch> batches, CancellationToken cancellationToken)
    {
        TaskCalibration[] tasks =
        [
            .. RankingEvaluator.Predict(network, batches, cancellationToken).Zip(schema.Tasks)
                .Where(t => t.First.Count > 0)
                .Select(t => new TaskCalibration(t.Second.Name, RankingMetrics.CalibrationBins(t.First.Scores, t.First.Labels))),
        ];
        return tasks.Length == 0 ? null : tasks;
    }
}
