namespace DinOrleans.Training.Evaluation;

/// <summary>The quality of the predictions of a task.</summary>
/// <param name="Samples">The number of labelled candidates.</param>
/// <param name="Auc">The AUC, 0 to 1, or NaN if labels are of one kind only.</param>
/// <param name="Gauc">The AUC per user, weighted by candidates, or NaN if no user has both labels.</param>
/// <param name="LogLoss">The log loss in nats, or NaN without samples.</param>
/// <param name="Calibration">The mean prediction divided by the share of positives.</param>
public sealed record TaskEvaluation(long Samples, double Auc, double Gauc, double LogLoss, double Calibration);
