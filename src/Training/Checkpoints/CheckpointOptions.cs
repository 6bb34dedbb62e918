using DinOrleans.Model.Validation;

namespace DinOrleans.Training.Checkpoints;

/// <summary>The folder in which a training saves checkpoints, and how often.</summary>
/// <param name="Folder">The folder of the checkpoint, which is one file that is replaced each time. A missing folder is created.</param>
public sealed record CheckpointOptions(string Folder)
{
    /// <summary>The largest <see cref="EverySteps"/>.</summary>
    public const int MaxSteps = 1_000_000_000;

    /// <summary>The path of the checkpoint.</summary>
    public string File => Path.Combine(Folder, CheckpointFile.Name);

    /// <summary>True if the folder has a checkpoint.</summary>
    public bool HasCheckpoint => System.IO.File.Exists(File);

    /// <summary>
    /// The number of steps between checkpoints, 1 to 1,000,000,000, besides those at the end of each epoch. Null saves only at the end of epochs.
    /// </summary>
    public int? EverySteps { get; init; }

    /// <summary>
    /// True to go on from the folder's checkpoint. Otherwise the folder must have none, so that an interrupted training is not overwritten.
    /// </summary>
    public bool Resume { get; init; }

    /// <summary>
    /// True if the log may have changed a little between a checkpoint and its resumption, as that of a running shop does. The values and scalers that
    /// were learned are then kept beside the checkpoint, and the data need not be the same.
    /// </summary>
    public bool FollowsLog { get; init; }

    /// <summary>Throws if a rule is broken.</summary>
    /// <exception cref="InvalidContentException">A rule is broken. The message lists all broken rules.</exception>
    public void Require()
    {
        Problems problems = [];
        problems.Require(!string.IsNullOrWhiteSpace(Folder), "folder must not be empty");
        problems.Require(EverySteps is null or (>= 1 and <= MaxSteps), "steps must be 1 to 1,000,000,000");
        problems.ThrowIfAny("checkpoint options");
    }
}
