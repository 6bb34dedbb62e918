namespace DinOrleans.Storage.Artifacts;

/// <summary>Immutable folders of model versions. A version is written beside its place and renamed into it.</summary>
public interface IArtifactStore
{
    /// <summary>The local folder of a version, ready to read.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such version.</exception>
    string Open(string version);

    /// <summary>Versions in the store, newest first by name.</summary>
    IReadOnlyList<string> List();

    /// <summary>Copies a finished version folder from elsewhere into the store, atomically. Does nothing where it is there.</summary>
    /// <param name="folder">A complete artifact; its last path segment is the version.</param>
    /// <returns>The version.</returns>
    string Import(string folder);
}
