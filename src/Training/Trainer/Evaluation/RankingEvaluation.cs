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

    /// <summary>What epochs are compared by, higher is better: AUC, or minus log loss where labels are of one kind only.</summary>
    internal double Quality => double.IsNaN(Auc) ? -LogLoss : Auc;

    private double MeanOf(Func<TaskEvaluation, double> measure) =>
        Tasks.Select(measure).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
}

/// <summary>Quality of the predictions of a task.</summary>
/// <param name="Samples">Labelled candidates.</param>
/// <param name="Auc">0..1, NaN where labels are of one kind only.</param>
/// <param name="Gauc">AUC a user weighted by candidates, NaN where no user has both labels.</param>
/// <param name="LogLoss">Nats; NaN without samples.</param>
/// <param name="Calibration">Mean prediction over the positive rate.</param>
public sealed record TaskEvaluation(long Samples, double Auc, double Gauc, double LogLoss, double Calibration);
