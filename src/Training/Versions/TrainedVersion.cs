using DinOrleans.Training.Trainer;

namespace DinOrleans.Training.Versions;

/// <summary>A version as trained.</summary>
/// <param name="Folder">Where it was written; the last segment is the version.</param>
/// <param name="Outcome">What training came to.</param>
public sealed record TrainedVersion(string Folder, TrainingOutcome Outcome)
{
    public string Version => Path.GetFileName(Folder);
}
