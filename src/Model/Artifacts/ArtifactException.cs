namespace DinOrleans.Model.Artifacts;

/// <summary>An artifact is damaged or does not fit; names the file and the reason.</summary>
public sealed class ArtifactException : Exception
{
    public ArtifactException(string file, string reason, Exception? innerException = null)
        : base($"{file}: {reason.TrimEnd('.')}.", innerException)
    {
    }
}
