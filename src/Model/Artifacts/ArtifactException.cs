using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Artifacts;

/// <summary>An artifact is damaged or does not fit. The message names the file and the reason.</summary>
public sealed class ArtifactException : InvalidContentException
{
    /// <param name="file">The file or the version.</param>
    /// <param name="reason">The rule that the version breaks.</param>
    /// <param name="innerException">The error that led to this one; null for none.</param>
    public ArtifactException(string file, string reason, Exception? innerException = null)
        : base($"{file}: {reason.TrimEnd('.')}.", innerException)
    {
    }
}
