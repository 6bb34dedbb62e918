using System.Security.Cryptography;
using System.Text;
using DinOrleans.Model.Artifacts;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Storage.Artifacts.Objects;

/// <summary>
/// Reads objects. A transfer that is cut or stands still goes on from where it was, and one that brought other bytes than expected starts over.
/// Requests that fail before anything is transferred are the driver's to try again.
/// </summary>
/// <param name="bucket">Where the objects are.</param>
/// <param name="timeout">How long a transfer may stand still.</param>
/// <param name="retries">How often the transfer of one object is tried again.</param>
/// <param name="time">The clock of the pauses before a retry.</param>
/// <param name="logger">Takes a line for each retry.</param>
internal sealed partial class ObjectTransfer(IBucket bucket, TimeSpan timeout, int retries, TimeProvider time, ILogger<ObjectTransfer> logger)
{
    private const int BufferBytes = 1 << 17;

    /// <summary>How often a file is read again that has other bytes than expected. If it is damaged in the store, no number would help.</summary>
    private const int MaxRereads = 2;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly ILogger _logger = logger;

    /// <summary>Downloads a file of a version, and verifies it while it is written.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="name">The file's name in the version. Errors name it.</param>
    /// <param name="expected">What the manifest says of it.</param>
    /// <param name="path">The file to write. It must not exist.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <exception cref="ArtifactException">The object is missing, or is not what the manifest says, also when it is read again.</exception>
    /// <exception cref="ArtifactStoreException">The store does not answer or cuts the transfer, also when it is tried again.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public async Task DownloadAsync(string key, string name, ArtifactFile expected, string path, CancellationToken cancellationToken)
    {
        var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        await using (target.ConfigureAwait(false))
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            for (int rereads = 0; ; rereads++)
            {
                string? damage = await RetryAsync(key, () => FillAsync(key, name, expected, target, hash, cancellationToken), cancellationToken).ConfigureAwait(false);
                if (damage is null)
                {
                    return;
                }

                if (rereads >= Math.Min(retries, MaxRereads))
                {
                    throw new ArtifactException(name, damage);
                }

                LogRetries(key, damage);
                target.SetLength(0);
                _ = hash.GetHashAndReset();
            }
        }
    }

    /// <summary>Reads a small object.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="maxBytes">The most bytes that the object may have.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The text, which is UTF-8. Null where there is no such object.</returns>
    /// <exception cref="ArtifactException">The object is larger.</exception>
    /// <exception cref="ArtifactStoreException">The store does not answer or cuts the transfer, also when it is tried again.</exception>
    public Task<string?> ReadTextAsync(string key, long maxBytes, CancellationToken cancellationToken) => RetryAsync(
        key,
        async () =>
        {
            using OpenObject? source = await bucket.OpenAsync(key, offset: 0, cancellationToken).ConfigureAwait(false);
            if (source is null)
            {
                return null;
            }

            using var text = new MemoryStream();
            await CopyAsync(source.Content, key, maxBytes, text, part => { }, cancellationToken).ConfigureAwait(false);
            return text.Length <= maxBytes ? Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length).TrimStart('\uFEFF') : throw new ArtifactException(key, $"must have at most {maxBytes} bytes");
        },
        cancellationToken);

    private async Task<T> RetryAsync<T>(string key, Func<Task<T>> transfer, CancellationToken cancellationToken)
    {
        for (int tried = 0; ; tried++)
        {
            try
            {
                return await transfer().ConfigureAwait(false);
            }
            catch (CutException e)
            {
                if (tried >= retries)
                {
                    throw new ArtifactStoreException(e.Message, mayPass: true);
                }

                LogRetries(key, e.Message);
            }

            await Task.Delay(Pause(tried), time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Appends what a file lacks.</summary>
    /// <returns>What is wrong with the whole file. Null where it is as the manifest says.</returns>
    private async Task<string?> FillAsync(string key, string name, ArtifactFile expected, FileStream target, IncrementalHash hash, CancellationToken cancellationToken)
    {
        // What is complete is not asked for again, because a store refuses to send what comes after the end.
        if (target.Position < expected.Bytes || expected.Bytes == 0)
        {
            using OpenObject source = await bucket.OpenAsync(key, target.Position, cancellationToken).ConfigureAwait(false)
                ?? throw new ArtifactException(name, $"is missing in {bucket.Name}");
            await CopyAsync(source.Content, key, expected.Bytes, target, part => hash.AppendData(part.Span), cancellationToken).ConfigureAwait(false);
        }

        return target.Position != expected.Bytes ? $"is damaged: it has {(target.Position > expected.Bytes ? "more" : "fewer")} than the {expected.Bytes} bytes that the manifest says"
            : Convert.ToHexStringLower(hash.GetCurrentHash()) != expected.Sha256 ? "is damaged: its SHA-256 differs from the manifest's"
            : null;
    }

    /// <summary>Copies to the end, or until the target has more bytes than it may have.</summary>
    private async Task CopyAsync(
        Stream content, string key, long maxBytes, Stream target, Action<ReadOnlyMemory<byte>> look, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[BufferBytes];
        int read;
        while (target.Position <= maxBytes && (read = await ReadAsync(content, buffer, key, cancellationToken).ConfigureAwait(false)) > 0)
        {
            ReadOnlyMemory<byte> part = buffer.AsMemory(0, read);
            await target.WriteAsync(part, cancellationToken).ConfigureAwait(false);
            look(part);
        }
    }

    private async ValueTask<int> ReadAsync(Stream content, byte[] buffer, string key, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            return await content.ReadAsync(buffer, limit.Token).ConfigureAwait(false);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception e)
        {
            throw new CutException(limit.IsCancellationRequested
                ? $"The transfer of \"{key}\" from {bucket.Name} stood still for {timeout.TotalSeconds:F0} s."
                : $"The transfer of \"{key}\" from {bucket.Name} was cut ({e.GetType().Name}).");
        }
    }

    private static TimeSpan Pause(int tried) => TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(tried, 10)));

    [LoggerMessage(EventId = 424, Level = LogLevel.Warning, Message = "The transfer of {Key} is tried again: {Reason}")]
    private partial void LogRetries(string key, string reason);

    /// <summary>A transfer ended before the object did.</summary>
    private sealed class CutException(string message) : Exception(message);
}
