using DinOrleans.Model.Validation;

namespace DinOrleans.Training.Trainer.Checkpoints;

/// <summary>A checkpoint is missing, damaged or of another training; names the file and the reason.</summary>
public sealed class CheckpointException : InvalidContentException
{
    public CheckpointException(string file, string reason, Exception? innerException = null)
        : base($"{file}: {reason.TrimEnd('.')}.", innerException)
    {
    }
}
