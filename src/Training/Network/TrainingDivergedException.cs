namespace DinOrleans.Training.Network;

/// <summary>The loss, a gradient, a weight or a score is NaN or infinite.</summary>
/// <remarks>A network that diverged must not be used, because the step that did it may have changed its weights and moving statistics.</remarks>
public sealed class TrainingDivergedException : Exception
{
    public TrainingDivergedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
