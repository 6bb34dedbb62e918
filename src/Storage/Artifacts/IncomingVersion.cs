namespace DinOrleans.Storage.Artifacts;

/// <summary>A version that arrives part by part. It is written beside its place and renamed into it.</summary>
/// <param name="beside">The folder that holds the version's folder until it is complete.</param>
/// <param name="place">Where the version will be.</param>
public sealed class IncomingVersion(string beside, string place) : IDisposable
{
    /// <summary>The version's folder until it is complete; its last path segment is the version.</summary>
    public string Folder { get; } = Path.Combine(beside, Path.GetFileName(place));

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

    /// <summary>Puts the version into its place. Leaves one alone that is there.</summary>
    /// <exception cref="IOException">It cannot be moved now.</exception>
    public void Keep()
    {
        try
        {
            Directory.Move(Folder, place);
        }
        catch (IOException) when (Directory.Exists(place))
        {
            // Another upload of the same version was faster. Versions never change, so both are the same.
        }
    }

    /// <summary>Removes what is left beside the place.</summary>
    public void Dispose()
    {
        if (Directory.Exists(beside))
        {
            Directory.Delete(beside, recursive: true);
        }
    }
}
