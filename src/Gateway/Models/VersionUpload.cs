using System.Formats.Tar;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Models;

namespace DinOrleans.Gateway.Models;

/// <summary>Passes the files of a tar on to the cluster, part by part: a version may be larger than memory.</summary>
internal sealed partial class VersionUpload(IGrainFactory grains, ILogger<VersionUpload> logger)
{
    private readonly ILogger _logger = logger;

    /// <summary>Reads a tar to its end and puts its files into the artifact store as a version.</summary>
    /// <param name="version">The version.</param>
    /// <param name="tar">The tar of the version's files, with or without the version's folder around them.</param>
    /// <param name="cancellationToken">Ends the upload, and what was taken so far is removed.</param>
    /// <exception cref="InvalidInputException">The tar or the version breaks a rule; nothing of it is kept.</exception>
    public async Task ReceiveAsync(string version, Stream tar, CancellationToken cancellationToken)
    {
        IVersionUploadGrain upload = grains.GetGrain<IVersionUploadGrain>(Guid.NewGuid());
        bool isComplete = false;
        try
        {
            await SendAsync(upload, version, tar, cancellationToken);
            await upload.CompleteAsync(version, cancellationToken);
            isComplete = true;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new InvalidInputException([new("$", "must be a tar of a version's files")]);
        }
        finally
        {
            if (!isComplete)
            {
                await AbandonAsync(upload);
            }
        }
    }

    private static async Task SendAsync(IVersionUploadGrain upload, string version, Stream tar, CancellationToken cancellationToken)
    {
        var reader = new TarReader(tar, leaveOpen: true);
        await using (reader)
        {
            while (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
            {
                if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
                {
                    await SendAsync(upload, version, Name(version, entry.Name), entry.DataStream ?? Stream.Null, cancellationToken);
                }
                else if (entry.EntryType != TarEntryType.Directory)
                {
                    throw new InvalidInputException([new(entry.Name, "must be a regular file, not a link")]);
                }
            }
        }
    }

    private static async Task SendAsync(IVersionUploadGrain upload, string version, string file, Stream content, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[VersionPart.MaxBytes];
        long offset = 0;
        int read;
        do
        {
            read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);

            // An empty file is a part of no bytes. The buffer is the silo's own once it is sent, where the silo is in this process.
            if (read > 0 || offset == 0)
            {
                await upload.WriteAsync(new(version, file, offset, buffer[..read]), cancellationToken);
            }

            offset += read;
        }
        while (read == buffer.Length);
    }

    /// <summary>The file's path in the version's folder.</summary>
    private static string Name(string version, string entry)
    {
        string name = entry.StartsWith("./", StringComparison.Ordinal) ? entry[2..] : entry;
        return name.StartsWith(version + "/", StringComparison.Ordinal) ? name[(version.Length + 1)..] : name;
    }

    private async Task AbandonAsync(IVersionUploadGrain upload)
    {
        try
        {
            await upload.AbandonAsync(CancellationToken.None);
        }
        catch (Exception e)
        {
            // The silo removes it when the grain leaves memory, or at its next start.
            LogNotAbandoned(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What an upload has left could not be removed yet")]
    private partial void LogNotAbandoned(Exception error);
}
