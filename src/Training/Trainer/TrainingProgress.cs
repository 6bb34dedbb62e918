using DinOrleans.Training.Trainer.Evaluation;

namespace DinOrleans.Training.Trainer;

/// <summary>How far training is.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Epochs">At most.</param>
/// <param name="Step">In the epoch, from 1.</param>
/// <param name="Steps">Of the epoch; 0 where unknown.</param>
/// <param name="SamplesPerSecond">Candidates trained on a second, in this epoch.</param>
/// <param name="Loss">Mean over the epoch so far.</param>
/// <param name="Validation">At an epoch's end, where there is validation data.</param>
public sealed record TrainingProgress(
    int Epoch, int Epochs, int Step, int Steps, double SamplesPerSecond, double Loss, RankingEvaluation? Validation)
{
    /// <summary>Whether the epoch is done.</summary>
    public bool EndsEpoch { get; init; }
}

/// <summary>What an epoch came to.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Loss">Mean of its steps.</param>
/// <param name="SamplesPerSecond">Candidates trained on a second.</param>
/// <param name="Validation">Null where there is no validation data.</param>
public sealed record EpochResult(int Epoch, double Loss, double SamplesPerSecond, RankingEvaluation? Validation);

/// <summary>What training came to. The network has the weights of the best epoch.</summary>
/// <param name="Epochs">Each, in order.</param>
/// <param name="Best">The best by validation; the last where there is no validation data.</param>
/// <param name="StoppedEarly">Whether patience ran out.</param>
public sealed record TrainingOutcome(IReadOnlyList<EpochResult> Epochs, EpochResult Best, bool StoppedEarly);
