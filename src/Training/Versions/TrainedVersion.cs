using DinOrleans.Training.Trainer;

namespace DinOrleans.Training.Versions;

/// <summary>A trained version.</summary>
/// <param name="Folder">The folder of its artifact. The last segment is the name of the version.</param>
/// <param name="Outcome">The outcome of the training.</param>
public sealed record TrainedVersion(string Folder, TrainingOutcome Outcome)
{
    /// <summary>The name of the version.</summary>
    public string Version => Path.GetFileName(Folder);
}
