using System.Runtime.CompilerServices;
using Azure;
using Azure.Core;
using Azure.Identity;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace DinOrleans.Storage.Artifacts.Objects.AzureBlob;

/// <summary>
/// A container of Azure Blob Storage. Without a connection string the process signs in as what Azure's SDK finds: environment, workload or managed
/// identity.
/// </summary>
internal sealed class AzureBlobBucket : IBucket
{
    private const long PartBytes = 8L << 20;
    private const int PartsAtOnce = 4;

    private readonly BlobContainerClient _container;
    private readonly AzureBlobErrors _errors;

    /// <summary>Makes the client. It connects at the first call.</summary>
    public AzureBlobBucket(ArtifactOptions options)
    {
        BlobClientOptions client = Configure(options);
        _container = options.ConnectionString is { } connection
            ? new BlobContainerClient(connection, options.Bucket, client)
            : new BlobServiceClient(new Uri(options.Endpoint!), new DefaultAzureCredential(), client).GetBlobContainerClient(options.Bucket);
        Name = $"the Azure container \"{_container.Name}\" at {_container.Uri.Host}";
        _errors = new(Name, options.Timeout);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string what = $"list the objects under \"{prefix}\"";
        IAsyncEnumerator<BlobItem> blobs = _container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (blobs.ConfigureAwait(false))
        {
            while (await _errors.GuardAsync(what, () => blobs.MoveNextAsync().AsTask(), cancellationToken).ConfigureAwait(false))
            {
                yield return new(blobs.Current.Name, blobs.Current.Properties.LastModified ?? DateTimeOffset.UtcNow);
            }
        }
    }

    /// <inheritdoc/>
    public Task<OpenObject?> OpenAsync(string key, long offset, CancellationToken cancellationToken) => _errors.GuardAsync(
        $"read \"{key}\"",
        async () =>
        {
            try
            {
                var request = new BlobDownloadOptions { Range = new HttpRange(offset) };
                BlobDownloadStreamingResult answer = await _container.GetBlobClient(key).DownloadStreamingAsync(request, cancellationToken).ConfigureAwait(false);
                return new OpenObject(answer.Content, answer);
            }
            catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobNotFound)
            {
                return null;
            }
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task PutAsync(string key, string file, CancellationToken cancellationToken) => _errors.GuardAsync(
        $"write \"{key}\"",
        async () =>
        {
            var request = new BlobUploadOptions
            {
                TransferOptions = new StorageTransferOptions { InitialTransferSize = PartBytes, MaximumTransferSize = PartBytes, MaximumConcurrency = PartsAtOnce },
            };
            await _container.GetBlobClient(key).UploadAsync(file, request, cancellationToken).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> TryPutNewAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => _errors.GuardAsync(
        $"write \"{key}\"",
        async () =>
        {
            try
            {
                var request = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
                await _container.GetBlobClient(key).UploadAsync(new BinaryData(content), request, cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobAlreadyExists || e.ErrorCode == BlobErrorCode.ConditionNotMet)
            {
                return false;
            }
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAsync(string key, CancellationToken cancellationToken) =>
        _errors.GuardAsync($"delete \"{key}\"", () => _container.GetBlobClient(key).DeleteIfExistsAsync(cancellationToken: cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        // The client shares the connections of all of Azure's clients in the process.
    }

    private static BlobClientOptions Configure(ArtifactOptions options)
    {
        var client = new BlobClientOptions();
        client.Retry.Mode = RetryMode.Exponential;
        client.Retry.MaxRetries = options.Retries;
        client.Retry.NetworkTimeout = options.Timeout;
        client.Diagnostics.IsTelemetryEnabled = false;
        client.Diagnostics.IsLoggingContentEnabled = false;
        return client;
    }
}
