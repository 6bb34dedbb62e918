using System.ComponentModel.DataAnnotations;

namespace DinOrleans.Training.Service;

/// <summary>Where a training service in a process of its own keeps its files.</summary>
public sealed class TrainingProcessOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "TrainingProcess";

    /// <summary>
    /// The silos' <c>Silo:DataFolder</c>, which all of the cluster's processes see. Versions are published into it unless <c>Artifacts:Store</c> says
    /// otherwise, and trainings under way keep their checkpoints in it, so that another process can go on with them. Default "data".
    /// </summary>
    [Required]
    public string DataFolder { get; set; } = "data";
}
