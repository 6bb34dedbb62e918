using DinOrleans.Training.Evaluation;

namespace DinOrleans.Training.Trainer;

/// <summary>A report of the progress of a training.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Epochs">The largest number of epochs.</param>
/// <param name="Step">The step in the epoch, from 1.</param>
/// <param name="Steps">The number of steps of the epoch, or 0 if it is unknown.</param>
/// <param name="SamplesPerSecond">The number of candidates trained on per second in this epoch.</param>
/// <param name="Loss">The mean loss of the epoch so far.</param>
/// <param name="Validation">The quality on the validation rankings. Null before the end of the epoch or without validation data.</param>
public sealed record TrainingProgress(
    int Epoch, int Epochs, int Step, int Steps, double SamplesPerSecond, double Loss, RankingEvaluation? Validation)
{
    /// <summary>True if the epoch is done.</summary>
    public bool EndsEpoch { get; init; }
}
