using System.Collections.Concurrent;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace DinOrleans.Storage.Artifacts.Objects.S3;

/// <summary>
/// Writes files into objects, large ones in parts. Each request carries the SHA-256 of what it sends, which stores compare, and is not sent in chunks
/// with signatures of their own, which many stores do not know.
/// </summary>
/// <param name="client">The client.</param>
/// <param name="bucket">The bucket.</param>
internal sealed class S3Upload(AmazonS3Client client, string bucket)
{
    private const long PartBytes = 16L << 20;

    /// <summary>S3 takes at most 10,000 parts.</summary>
    private const long MostParts = 9_000;

    private const int PartsAtOnce = 4;

    /// <summary>Writes a file.</summary>
    public async Task PutAsync(string key, string file, CancellationToken cancellationToken)
    {
        long bytes = new FileInfo(file).Length;
        if (bytes > PartBytes)
        {
            await PutPartsAsync(key, file, bytes, cancellationToken).ConfigureAwait(false);
            return;
        }

        await client.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, FilePath = file, UseChunkEncoding = false }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes bytes unless there is an object of that key.</summary>
    public async Task PutNewAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(content.ToArray());
        var request = new PutObjectRequest { BucketName = bucket, Key = key, InputStream = stream, IfNoneMatch = "*", UseChunkEncoding = false };
        await client.PutObjectAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private async Task PutPartsAsync(string key, string file, long bytes, CancellationToken cancellationToken)
    {
        InitiateMultipartUploadResponse upload = await client
            .InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest { BucketName = bucket, Key = key }, cancellationToken).ConfigureAwait(false);
        try
        {
            long part = Math.Max(PartBytes, bytes / MostParts);
            ConcurrentBag<UploadPartResponse> parts = [];
            await Parallel.ForEachAsync(
                Enumerable.Range(0, (int)((bytes + part - 1) / part)),
                new ParallelOptions { MaxDegreeOfParallelism = PartsAtOnce, CancellationToken = cancellationToken },
                async (number, stop) => parts.Add(await client.UploadPartAsync(
                    new UploadPartRequest
                    {
                        BucketName = bucket,
                        Key = key,
                        UploadId = upload.UploadId,
                        PartNumber = number + 1,
                        FilePath = file,
                        FilePosition = number * part,
                        PartSize = Math.Min(part, bytes - (number * part)),
                        UseChunkEncoding = false,
                    },
                    stop).ConfigureAwait(false))).ConfigureAwait(false);
            var complete = new CompleteMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = upload.UploadId };
            complete.AddPartETags(parts.OrderBy(p => p.PartNumber));
            await client.CompleteMultipartUploadAsync(complete, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await AbortAsync(key, upload.UploadId).ConfigureAwait(false);
            throw;
        }
    }

    private async Task AbortAsync(string key, string id)
    {
        try
        {
            await client.AbortMultipartUploadAsync(new AbortMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = id }, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AmazonClientException or HttpRequestException or OperationCanceledException or IOException)
        {
            // The error that ended the upload counts. A rule of the bucket removes the parts later.
        }
    }
}
