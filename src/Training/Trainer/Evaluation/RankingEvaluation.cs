namespace DinOrleans.Training.Trainer.Evaluation;

/// <summary>Quality of predictions, a task each.</summary>
/// <param name="Tasks">In schema order.</param>
public sealed record RankingEvaluation(IReadOnlyList<TaskEvaluation> Tasks)
{
    /// <summary>Mean AUC of the tasks that have one, or NaN.</summary>
    public double Auc => MeanOf(t => t.Auc);

    /// <summary>Mean GAUC of the tasks that have one, or NaN.</summary>
    public double Gauc => MeanOf(t => t.Gauc);

    /// <summary>Mean log loss of the tasks that have labels, or NaN.</summary>
    public double LogLoss => MeanOf(t => t.LogLoss);

    /// <summary>
    /// What epochs are compared by, higher is better: mean GAUC of the tasks that are learned; AUC where no user has both labels, and minus log
    /// loss where labels are of one kind only.
    /// </summary>
    /// <param name="taskWeights">Of the tasks' losses; one of 0 is not learned. Null where all are.</param>
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

/// <summary>Quality of the predictions of a task.</summary>
/// <param name="Samples">Labelled candidates.</param>
/// <param name="Auc">0..1, NaN where labels are of one kind only.</param>
/// <param name="Gauc">AUC a user weighted by candidates, NaN where no user has both labels.</param>
/// <param name="LogLoss">Nats; NaN without samples.</param>
/// <param name="Calibration">Mean prediction over the positive rate.</param>
public sealed record TaskEvaluation(long Samples, double Auc, double Gauc, double LogLoss, double Calibration);
