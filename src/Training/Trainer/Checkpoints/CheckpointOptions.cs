namespace DinOrleans.Training.Trainer.Checkpoints;

/// <summary>Where and how often training saves how far it is.</summary>
/// <param name="Folder">Gets one file, replaced each time; made where it is missing.</param>
public sealed record CheckpointOptions(string Folder)
{
    /// <summary>The largest <see cref="EverySteps"/>.</summary>
    public const int MaxSteps = 1_000_000_000;

    /// <summary>The checkpoint's file.</summary>
    public string File => Path.Combine(Folder, CheckpointFile.Name);

    /// <summary>Whether the folder has one.</summary>
    public bool HasCheckpoint => System.IO.File.Exists(File);

    /// <summary>Steps between checkpoints beside those at each epoch's end, 1 to 1,000,000,000; null for none.</summary>
    public int? EverySteps { get; init; }

    /// <summary>Whether to go on from the folder's checkpoint. Otherwise it must have none: an interrupted training is not overwritten.</summary>
    public bool Resume { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="InvalidDataException">An option is out of its range; the message lists them all.</exception>
    public void Validate()
    {
        List<string> problems = [];
        if (string.IsNullOrWhiteSpace(Folder))
        {
            problems.Add("folder must not be empty");
        }

        if (EverySteps is < 1 or > MaxSteps)
        {
            problems.Add("steps must be 1 to 1,000,000,000");
        }

        if (problems.Count > 0)
        {
            throw new InvalidDataException("checkpoint options: " + string.Join("; ", problems) + ".");
        }
    }
}
