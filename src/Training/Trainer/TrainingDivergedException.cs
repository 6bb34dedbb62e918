namespace DinOrleans.Training.Trainer;

/// <summary>The loss or a gradient is no number or infinite. The weights are those before the step.</summary>
/// <remarks>Moving statistics may have taken the batch in: a network that diverged is not to be used.</remarks>
public sealed class TrainingDivergedException(string message) : Exception(message);
