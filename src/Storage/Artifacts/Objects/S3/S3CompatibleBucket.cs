using System.Net;
using System.Runtime.CompilerServices;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace DinOrleans.Storage.Artifacts.Objects.S3;

/// <summary>A bucket of Amazon S3 or of a store that speaks its protocol. The process signs in as what Amazon's SDK finds: environment, profile or role.</summary>
internal sealed class S3CompatibleBucket : IBucket
{
    private readonly string _bucket;
    private readonly AmazonS3Client _client;
    private readonly S3Upload _upload;
    private readonly S3Errors _errors;

    /// <summary>Makes the client. It connects at the first call.</summary>
    public S3CompatibleBucket(ArtifactOptions options)
    {
        _bucket = options.Bucket!;
        string place = options.Endpoint is { } endpoint ? $" at {new Uri(endpoint).Host}" : $" in {options.Region}";
        Name = $"the S3 bucket \"{_bucket}\"{place}";
        _errors = new(Name, options.Timeout);
        _client = new AmazonS3Client(Configure(options));
        _upload = new(_client, _bucket);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = _bucket, Prefix = prefix };
        ListObjectsV2Response page;
        do
        {
            page = await _errors.GuardAsync($"list the objects under \"{prefix}\"", () => _client.ListObjectsV2Async(request, cancellationToken), cancellationToken).ConfigureAwait(false);
            foreach (S3Object found in page.S3Objects ?? [])
            {
                yield return new(found.Key, found.LastModified is { } changed ? new DateTimeOffset(changed.ToUniversalTime()) : DateTimeOffset.UtcNow);
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
    }

    /// <inheritdoc/>
    public Task<OpenObject?> OpenAsync(string key, long offset, CancellationToken cancellationToken) => _errors.GuardAsync(
        $"read \"{key}\"",
        async () =>
        {
            var request = new GetObjectRequest { BucketName = _bucket, Key = key, ByteRange = offset > 0 ? new ByteRange(offset, long.MaxValue) : null };
            try
            {
                GetObjectResponse answer = await _client.GetObjectAsync(request, cancellationToken).ConfigureAwait(false);
                return new OpenObject(answer.ResponseStream, answer);
            }
            catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound && e.ErrorCode != S3Errors.NoSuchBucket)
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
            await _upload.PutAsync(key, file, cancellationToken).ConfigureAwait(false);
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
                await _upload.PutNewAsync(key, content, cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict)
            {
                return false;
            }
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAsync(string key, CancellationToken cancellationToken) =>
        _errors.GuardAsync($"delete \"{key}\"", () => _client.DeleteObjectAsync(_bucket, key, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static AmazonS3Config Configure(ArtifactOptions options)
    {
        var config = new AmazonS3Config
        {
            Timeout = options.Timeout,
            MaxErrorRetry = options.Retries,
            RetryMode = RequestRetryMode.Standard,
            ForcePathStyle = options.PathStyle,

            // Requests carry the SHA-256 of what they send, and every file that is read is compared with the digest in the manifest. Many stores do not
            // know the further checksums that Amazon's SDK sends and expects by default.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint;
            config.AuthenticationRegion = options.Region ?? RegionEndpoint.USEast1.SystemName;
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        }

        return config;
    }
}
