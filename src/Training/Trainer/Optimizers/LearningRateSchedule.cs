namespace DinOrleans.Training.Trainer.Optimizers;

/// <summary>The factor on the learning rate. It rises linearly over the warm-up, then falls by the same ratio in each epoch.</summary>
/// <param name="WarmupSteps">The number of steps until the factor is 1. 0 starts at 1.</param>
/// <param name="EpochDecay">The ratio of an epoch's factor to that of the epoch before.</param>
internal readonly record struct LearningRateSchedule(int WarmupSteps, double EpochDecay)
{
    /// <summary>The factor of a step.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="step">The number of the step over all epochs, from 1.</param>
    public double Factor(int epoch, long step) =>
        Math.Min(1, step / (double)Math.Max(1, WarmupSteps)) * Math.Pow(EpochDecay, epoch - 1);
}
