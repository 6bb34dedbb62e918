using DinOrleans.Training.Evaluation;

namespace DinOrleans.Training.Trainer;

/// <summary>The result of an epoch.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Loss">The mean loss of its steps.</param>
/// <param name="SamplesPerSecond">The number of candidates trained on per second.</param>
/// <param name="Validation">The quality on the validation rankings, or null without validation data.</param>
public sealed record EpochResult(int Epoch, double Loss, double SamplesPerSecond, RankingEvaluation? Validation);
