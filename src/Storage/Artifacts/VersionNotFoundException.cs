namespace DinOrleans.Storage.Artifacts;

/// <summary>The artifact store does not have a version. It may get the version later.</summary>
public sealed class VersionNotFoundException : IOException
{
    /// <param name="version">The version.</param>
    /// <param name="store">The store, as it is named within a sentence.</param>
    public VersionNotFoundException(string version, string store)
        : base($"There is no version \"{version}\" in {store}.")
    {
    }
}
