using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using DinOrleans.Contracts.Trainings;

namespace DinOrleans.Gateway.Trainings;

/// <summary>Asks for a training.</summary>
internal sealed class StartTrainingRequest
{
    /// <summary>The reason for the training, at most 200 characters. It is shown with the training.</summary>
    [StringLength(TrainingRules.MaxReason, MinimumLength = 1)]
    public string? Reason { get; set; }

    /// <summary>True to train from fresh weights and not from those of the active version.</summary>
    [DefaultValue(false)]
    public bool FreshWeights { get; set; }
}
