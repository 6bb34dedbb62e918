namespace DinOrleans.Storage.Artifacts;

/// <summary>Keeps the folders of model versions, which never change. A version is written beside its place and renamed into it.</summary>
public interface IArtifactStore
{
    /// <summary>Returns the local folder of a version, ready to read.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such version.</exception>
    string Open(string version);

    /// <summary>Lists the versions in the store, ordered by name, newest first.</summary>
    IReadOnlyList<string> List();

    /// <summary>Copies the finished folder of a version into the store, atomically. It does nothing if the store has the version.</summary>
    /// <param name="folder">A complete artifact. The last segment of its path is the name of the version.</param>
    /// <returns>The name of the version.</returns>
    string Import(string folder);

    /// <summary>Takes a version that arrives part by part.</summary>
    /// <param name="version">The version's name.</param>
    /// <returns>Takes the parts. Nothing of them is seen before <see cref="IncomingVersion.Keep"/>, and disposing it removes what was not kept.</returns>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    IncomingVersion Receive(string version);

    /// <summary>
    /// Takes a version out of the store, atomically. The space of its files is freed soon after. It does nothing if the store does not have the
    /// version.
    /// </summary>
    /// <exception cref="IOException">The version cannot be moved now.</exception>
    Task RemoveAsync(string version);

    /// <summary>Removes the folders of writers that ended before they had finished.</summary>
    /// <param name="age">How long a folder must have been unchanged. A folder that was written to more recently may belong to a writer that is still at work.</param>
    /// <returns>The number of folders that were removed.</returns>
    int RemoveLeftOvers(TimeSpan age);
}
