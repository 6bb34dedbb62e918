namespace DinOrleans.Gateway.Trainings;

/// <summary>Asks for a training.</summary>
internal sealed class StartTrainingRequest
{
    /// <summary>The reason for the training, at most 200 characters. It is shown with the training.</summary>
    public string? Reason { get; set; }

    /// <summary>True to train from fresh weights and not from those of the active version.</summary>
    public bool FreshWeights { get; set; }
}
