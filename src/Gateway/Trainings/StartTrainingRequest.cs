namespace DinOrleans.Gateway.Trainings;

/// <summary>Asks for a training.</summary>
internal sealed class StartTrainingRequest
{
    /// <summary>Why, in words, at most 200 characters; it is shown with the training.</summary>
    public string? Reason { get; set; }

    /// <summary>True to train from fresh weights and not from those of the active version.</summary>
    public bool FreshWeights { get; set; }
}
