namespace DinOrleans.Training.Trainer.Optimizers;

/// <summary>Factor on the learning rate: rises linearly over the warm-up, then falls by the same ratio each epoch.</summary>
/// <param name="WarmupSteps">Steps until the factor is 1; 0 starts there.</param>
/// <param name="EpochDecay">Ratio of an epoch's factor to the one before.</param>
internal readonly record struct LearningRateSchedule(int WarmupSteps, double EpochDecay)
{
    /// <param name="epoch">From 1.</param>
    /// <param name="step">Over all epochs, from 1.</param>
    public double Factor(int epoch, long step) =>
        Math.Min(1, step / (double)Math.Max(1, WarmupSteps)) * Math.Pow(EpochDecay, epoch - 1);
}
