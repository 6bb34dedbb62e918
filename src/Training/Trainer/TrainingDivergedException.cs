namespace DinOrleans.Training.Trainer;

/// <summary>The loss or a gradient is no number or infinite. The weights are those before the step.</summary>
public sealed class TrainingDivergedException(string message) : Exception(message);
