namespace DinOrleans.Storage.Artifacts.Objects;

/// <summary>A bucket of S3 or a container of Azure Blob Storage: objects by key. Every error is an <see cref="ArtifactStoreException"/>.</summary>
internal interface IBucket : IDisposable
{
    /// <summary>What messages call it, such as <c>the S3 bucket "models" at minio.example</c>. It holds no secret.</summary>
    string Name { get; }

    /// <summary>Lists the objects whose keys begin with a prefix, ordered by key.</summary>
    IAsyncEnumerable<StoredObject> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Opens an object. Null where there is no such object.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="offset">The number of bytes to leave out at the beginning. It must be less than the object's length, unless it is 0.</param>
    /// <param name="cancellationToken">Ends the call. What was opened is not affected.</param>
    Task<OpenObject?> OpenAsync(string key, long offset, CancellationToken cancellationToken);

    /// <summary>Writes a file into an object, in parts, so that it is never in memory as a whole. It replaces an object of that key.</summary>
    Task PutAsync(string key, string file, CancellationToken cancellationToken);

    /// <summary>Writes an object unless there is one of that key.</summary>
    /// <returns>False where there is one.</returns>
    Task<bool> TryPutNewAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Deletes an object. It does nothing if there is no such object.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken);
}

/// <summary>An object of a bucket.</summary>
/// <param name="Key">Its key.</param>
/// <param name="ChangedAt">When it was written, by the clock of the store.</param>
internal sealed record StoredObject(string Key, DateTimeOffset ChangedAt);

/// <summary>The content of an object while it is read.</summary>
/// <param name="content">The bytes.</param>
/// <param name="owner">What has to be disposed of with them.</param>
internal sealed class OpenObject(Stream content, IDisposable owner) : IDisposable
{
    /// <summary>The bytes from the offset on.</summary>
    public Stream Content { get; } = content;

    /// <inheritdoc/>
    public void Dispose()
    {
        Content.Dispose();
        owner.Dispose();
    }
}
