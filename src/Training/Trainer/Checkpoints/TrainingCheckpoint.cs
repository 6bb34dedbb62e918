namespace DinOrleans.Training.Trainer.Checkpoints;

/// <summary>The checkpoint of one training: what it is of, where it is, and when it is due.</summary>
/// <param name="options">Where and how often.</param>
/// <param name="identity">What the training is of.</param>
public sealed class TrainingCheckpoint(CheckpointOptions options, TrainingIdentity identity)
{
    /// <summary>The file, where it is there; null before the first is saved.</summary>
    internal string? Kept => options.HasCheckpoint ? options.File : null;

    /// <summary>Whether one is due after a step.</summary>
    /// <param name="step">Over all epochs, from 1.</param>
    internal bool IsDue(long step) => options.EverySteps is { } steps && step % steps == 0;

    /// <summary>Replaces the file.</summary>
    internal void Save(Action<CheckpointWriter> state) => CheckpointFile.Write(options.File, writer =>
    {
        identity.Save(writer);
        state(writer);
    });

    /// <summary>Reads the file where training is to resume.</summary>
    /// <exception cref="CheckpointException">
    /// It is missing, damaged or of another training; or it is there although training is to start from the beginning.
    /// </exception>
    internal void Start(Action<CheckpointReader> state)
    {
        if (!options.Resume)
        {
            if (options.HasCheckpoint)
            {
                throw new CheckpointException(options.File, "is of an earlier training; resume it, take another folder or delete it");
            }

            // A folder that cannot be made is known before the first step, not after hours.
            Directory.CreateDirectory(options.Folder);
            return;
        }

        CheckpointFile.Read(options.File, reader =>
        {
            if (TrainingIdentity.Difference(TrainingIdentity.Load(reader), identity) is { } difference)
            {
                throw new CheckpointException(options.File, "is of another training: " + difference);
            }

            state(reader);
        });
    }
}
