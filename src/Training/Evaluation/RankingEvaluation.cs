namespace DinOrleans.Training.Evaluation;

/// <summary>The quality of predictions, per task.</summary>
/// <param name="Tasks">The quality of each task, in schema order.</param>
public sealed record RankingEvaluation(IReadOnlyList<TaskEvaluation> Tasks)
{
    /// <summary>The mean AUC of the tasks that have one, or NaN.</summary>
    public double Auc => MeanOf(t => t.Auc);

    /// <summary>The mean GAUC of the tasks that have one, or NaN.</summary>
    public double Gauc => MeanOf(t => t.Gauc);

    /// <summary>The mean log loss of the tasks that have labels, or NaN.</summary>
    public double LogLoss => MeanOf(t => t.LogLoss);

    /// <summary>
    /// The number by which epochs are compared. Higher is better. It is the mean GAUC of the tasks that are learned, or their AUC if no user has both
    /// labels, or their negated log loss if labels are of one kind only.
    /// </summary>
    /// <param name="taskWeights">The weights of the tasks' losses. A task of weight 0 is not learned. Null if all are learned.</param>
    internal double Quality(IReadOnlyList<double>? taskWeights)
    {
        TaskEvaluation[] learned = [.. Tasks.Where((_, task) => taskWeights is null || taskWeights[task] > 0)];
        double gauc = Mean(learned, t => t.Gauc);
        double auc = Mean(learned, t => t.Auc);
        return !double.IsNaN(gauc) ? gauc : !double.IsNaN(auc) ? auc : -Mean(learned, t => t.LogLoss);
    }

    private double MeanOf(Func<TaskEvaluation, double> measure) => Mean(Tasks, measure);

    private static double Mean(IEnumerable<TaskEvaluation> tasks, Func<TaskEvaluation, double> measure) =>
        tasks.Select(measure).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
}
