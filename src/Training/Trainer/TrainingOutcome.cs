namespace DinOrleans.Training.Trainer;

/// <summary>The outcome of a training. The network has the weights of the best epoch.</summary>
/// <param name="Epochs">The results of all epochs, in order.</param>
/// <param name="Best">The best epoch by validation, or the last one without validation data.</param>
/// <param name="StoppedEarly">True if patience ran out.</param>
public sealed record TrainingOutcome(IReadOnlyList<EpochResult> Epochs, EpochResult Best, bool StoppedEarly);
