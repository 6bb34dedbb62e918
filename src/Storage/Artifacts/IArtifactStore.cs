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

    /// <summary>Takes a version out of the store, atomically; the space of its files is given back soon after. Does nothing where it is not there.</summary>
    /// <exception cref="IOException">The version cannot be moved now.</exception>
    Task RemoveAsync(string version);

    /// <summary>Removes what writers left that were ended before they had finished.</summary>
    /// <param name="age">Folders that were written to more recently belong to a writer that is still at work.</param>
    /// <returns>How many folders were removed.</returns>
    int RemoveLeftOvers(TimeSpan age);
}
