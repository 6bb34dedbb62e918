using DinOrleans.Model.Metrics;

namespace DinOrleans.Model.Artifacts;

/// <summary>How well the probabilities of a task agree with what happened.</summary>
/// <param name="Task">The name of the task.</param>
/// <param name="Bins">The predictions for the validation rankings in ten groups of equal size, lowest first.</param>
public sealed record TaskCalibration(string Task, IReadOnlyList<CalibrationBin> Bins);
