using DinOrleans.Model.Artifacts;

namespace DinOrleans.Storage.Artifacts;

/// <summary>A version that arrives part by part, in a local folder beside the place of finished versions.</summary>
/// <param name="beside">The folder that holds the version's folder until it is kept.</param>
/// <param name="version">The version.</param>
/// <param name="keep">Puts the version's folder into the store.</param>
public sealed class IncomingVersion(string beside, string version, Func<string, CancellationToken, Task> keep) : IDisposable
{
    /// <summary>The version's folder until it is kept; its last path segment is the version.</summary>
    public string Folder { get; } = Path.Combine(beside, version);

    /// <summary>Appends bytes to a file.</summary>
    /// <param name="file">The file's path in the folder.</param>
    /// <param name="offset">How long the file must be before.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="cancellationToken">Ends the write.</param>
    /// <exception cref="InvalidDataException">The bytes do not follow those before.</exception>
    /// <exception cref="IOException">They cannot be written now.</exception>
    public async Task WriteAsync(string file, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        string path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var stream = new FileStream(path, offset == 0 ? FileMode.CreateNew : FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        await using (stream.ConfigureAwait(false))
        {
            if (stream.Length != offset)
            {
                throw new InvalidDataException($"{file}: the part at {offset} does not follow the {stream.Length} bytes before it.");
            }

            await stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Puts the version, whose files the caller has verified, into the store. It does nothing if the store has the version.</summary>
    /// <exception cref="ArtifactException">The store has another version of that name.</exception>
    /// <exception cref="IOException">The store cannot take it now.</exception>
    public Task KeepAsync(CancellationToken cancellationToken) => keep(Folder, cancellationToken);

    /// <summary>Removes what is left beside the place.</summary>
    public void Dispose()
    {
        if (Directory.Exists(beside))
        {
            Directory.Delete(beside, recursive: true);
        }
    }
}
