using DinOrleans.Model.Validation;

namespace DinOrleans.Training.Checkpoints;

/// <summary>A checkpoint is missing, damaged or of another training. The message names the file and the reason.</summary>
public sealed class CheckpointException : InvalidContentException
{
    public CheckpointException(string file, string reason, Exception? innerException = null)
        : base($"{file}: {reason.TrimEnd('.')}.", innerException)
    {
    }
}
