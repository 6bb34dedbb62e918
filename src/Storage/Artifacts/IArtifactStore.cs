using DinOrleans.Model.Artifacts;

namespace DinOrleans.Storage.Artifacts;

/// <summary>Keeps the folders of model versions, which never change. A version is seen only when all of it is in the store.</summary>
public interface IArtifactStore
{
    /// <summary>Requires that the store can be read.</summary>
    /// <exception cref="ArtifactStoreException">It cannot. The message says what to do.</exception>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>Lists the versions in the store, ordered by name, newest first.</summary>
    /// <exception cref="IOException">The store cannot be read now.</exception>
    Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Reads the manifest of a version, and none of its other files.</summary>
    /// <exception cref="VersionNotFoundException">There is no such version.</exception>
    /// <exception cref="ArtifactException">The manifest breaks a rule.</exception>
    /// <exception cref="IOException">The store cannot be read now.</exception>
    Task<ArtifactManifest> ReadManifestAsync(string version, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the local folder of a version, ready to read. Where the store is not a folder, the version is downloaded and verified first, once for
    /// all callers that want it at the same time.
    /// </summary>
    /// <exception cref="VersionNotFoundException">There is no such version.</exception>
    /// <exception cref="ArtifactException">The version is damaged in the store.</exception>
    /// <exception cref="IOException">The version cannot be read now, or there is no room for it.</exception>
    Task<string> OpenAsync(string version, CancellationToken cancellationToken);

    /// <summary>Verifies the finished folder of a version and puts a copy into the store. It does nothing if the store has the version.</summary>
    /// <param name="folder">A complete artifact. The last segment of its path is the name of the version.</param>
    /// <param name="cancellationToken">Ends the import. The version is then not in the store.</param>
    /// <returns>The name of the version.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ArtifactException">A file is damaged, or the store has another version of that name. Nothing is changed.</exception>
    /// <exception cref="IOException">The store cannot take it now.</exception>
    Task<string> ImportAsync(string folder, CancellationToken cancellationToken);

    /// <summary>Takes a version that arrives part by part.</summary>
    /// <param name="version">The version's name.</param>
    /// <returns>Takes the parts. Nothing of them is seen before <see cref="IncomingVersion.KeepAsync"/>, and disposing it removes what was not kept.</returns>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    IncomingVersion Receive(string version);

    /// <summary>
    /// Takes a version out of the store. From then on there is no such version, also if not all of its files could be removed yet. It does nothing
    /// if the store does not have the version.
    /// </summary>
    /// <exception cref="IOException">The version cannot be removed now.</exception>
    Task RemoveAsync(string version, CancellationToken cancellationToken);

    /// <summary>Removes what writers left that ended before they had finished.</summary>
    /// <param name="age">
    /// How long something must have been unchanged. What was written to more recently may belong to a writer that is still at work. A store that is
    /// not a folder waits for at least a day.
    /// </param>
    /// <param name="cancellationToken">Ends the removal.</param>
    /// <returns>The number of unfinished versions that were removed.</returns>
    /// <exception cref="IOException">The store cannot be read or written now.</exception>
    Task<int> RemoveLeftOversAsync(TimeSpan age, CancellationToken cancellationToken);
}
