namespace DinOrleans.Training.Trainer;

/// <summary>The loss, a gradient, a weight or a score is no number or infinite.</summary>
/// <remarks>A network that diverged is not to be used: its weights and moving statistics may have taken in the step that did it.</remarks>
public sealed class TrainingDivergedException : Exception
{
    public TrainingDivergedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
