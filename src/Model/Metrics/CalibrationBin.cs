namespace DinOrleans.Model.Metrics;

/// <summary>A group of predictions of similar probability.</summary>
/// <param name="Predicted">The mean prediction, 0 to 1.</param>
/// <param name="Observed">The share of positives, 0 to 1.</param>
/// <param name="Samples">The number of predictions, at least 1.</param>
public sealed record CalibrationBin(double Predicted, double Observed, int Samples);
