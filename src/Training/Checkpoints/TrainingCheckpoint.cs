using System.Text.Json;

namespace DinOrleans.Training.Checkpoints;

/// <summary>The checkpoint of one training: which training it belongs to, where it is, and when it is due.</summary>
/// <param name="options">The folder of the checkpoints, and how often they are saved.</param>
/// <param name="identity">The identity of the training.</param>
public sealed class TrainingCheckpoint(CheckpointOptions options, TrainingIdentity identity)
{
    /// <summary>The path of the checkpoint, or null before the first one is saved.</summary>
    internal string? Kept => options.HasCheckpoint ? options.File : null;

    /// <summary>True if a checkpoint is due after a step.</summary>
    /// <param name="step">The number of the step over all epochs, from 1.</param>
    internal bool IsDue(long step) => options.EverySteps is { } steps && step % steps == 0;

    /// <summary>Replaces the checkpoint.</summary>
    internal void Save(Action<CheckpointWriter> state) => CheckpointFile.Write(options.File, writer =>
    {
        identity.Save(writer);
        state(writer);
    });

    /// <summary>Reads the checkpoint if training is to resume. Otherwise prepares the folder.</summary>
    /// <exception cref="CheckpointException">
    /// The checkpoint is missing, damaged or of another training, or it is there although training is not to resume.
    /// </exception>
    internal void Start(Action<CheckpointReader> state)
    {
        if (!options.Resume)
        {
            if (options.HasCheckpoint)
            {
                throw new CheckpointException(options.File, "is of an earlier training: resume it, take another folder or delete it");
            }

            // A folder that cannot be created is reported before the first step, not after hours.
            Directory.CreateDirectory(options.Folder);
            return;
        }

        CheckpointFile.Read(options.File, reader =>
        {
            if (Difference(TrainingIdentity.Load(reader)) is { } difference)
            {
                throw new CheckpointException(options.File, "is of another training: " + difference);
            }

            state(reader);
        });
    }

    private string? Difference(TrainingIdentity saved)
    {
        try
        {
            return TrainingIdentity.Difference(saved, identity);
        }
        catch (JsonException e)
        {
            throw new CheckpointException(options.File, "does not say in valid JSON which training it is of", e);
        }
    }
}
