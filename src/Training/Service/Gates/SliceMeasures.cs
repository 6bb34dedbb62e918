using DinOrleans.Model.Artifacts;
using DinOrleans.Training.Evaluation;
using DinOrleans.Training.Log;
using DinOrleans.Training.Network;
using DinOrleans.Training.Samples.Splits;
using DinOrleans.Training.Versions;

namespace DinOrleans.Training.Service.Gates;

/// <summary>The measures of a version on the latest slice of a log.</summary>
/// <param name="Tasks">The measures of each task, in schema order.</param>
/// <param name="AreProbabilities">True where the version's scores are the probabilities of what is shown.</param>
internal sealed record SliceMeasures(IReadOnlyList<TaskMeasures> Tasks, bool AreProbabilities)
{
    private const int BatchSize = 256;

    /// <summary>The mean GAUC of the tasks that have one; NaN where none has.</summary>
    public double Gauc => Mean(t => t.Quality.Gauc);

    /// <summary>The mean log loss of the tasks, in nats; NaN without any sample.</summary>
    public double LogLoss => Mean(t => t.Quality.LogLoss);

    /// <summary>Measures a version.</summary>
    /// <param name="artifact">The version.</param>
    /// <param name="log">The log.</param>
    /// <param name="slice">Rankings of the log that the version has not learned from.</param>
    /// <param name="cancellationToken">Ends the measurement between two batches.</param>
    /// <exception cref="ArtifactException">The version is damaged, or has other features than the log.</exception>
    /// <exception cref="TrainingDivergedException">A score is NaN.</exception>
    public static SliceMeasures Measure(Artifact artifact, TrainingLog log, SampleSplit slice, CancellationToken cancellationToken)
    {
        using RankingNetwork network = NetworkFactory.Load(artifact, log);
        IReadOnlyList<TaskPredictions> predictions = RankingEvaluator.Predict(
            network, slice.Batches(BatchSize, epoch: 0, shuffle: false), cancellationToken);
        return new(
            [.. predictions.Select((p, task) => new TaskMeasures(artifact.Tasks[task].Name, p.Labels.Count(l => l), RankingEvaluator.Evaluate(p)))],
            artifact.Manifest.ScoresAreProbabilities);
    }

    private double Mean(Func<TaskMeasures, double> measure) => Tasks.Select(measure).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
}

/// <summary>The measures of a version on one task.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Positives">The number of positives among the samples.</param>
/// <param name="Quality">The measures.</param>
internal sealed record TaskMeasures(string Task, int Positives, TaskEvaluation Quality);
