using System.Security.Cryptography;
using DinOrleans.Storage.Folders;

namespace DinOrleans.Cli.Backups;

/// <summary>Copies and reads files by their digest.</summary>
internal static class FileDigest
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Copies a file to a place that does not exist, and returns after it is on disk.</summary>
    /// <returns>The length and digest of what was read.</returns>
    public static BackupFile Copy(string from, string to, CopyPace pace, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        using var target = new FileStream(to, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        BackupFile read = Read(
            from,
            part =>
            {
                target.Write(part.Span);
                pace.Wrote(target, part.Length, cancellationToken);
            },
            cancellationToken);
        target.Flush(flushToDisk: true);
        return read;
    }

    /// <summary>Reads a file to its end.</summary>
    /// <returns>Its length and digest.</returns>
    public static BackupFile Of(string path, CancellationToken cancellationToken) => Read(path, _ => { }, cancellationToken);

    private static BackupFile Read(string path, Action<ReadOnlyMemory<byte>> look, CancellationToken cancellationToken)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[BufferBytes];
        long bytes = 0;
        int read;
        while ((read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
            look(buffer.AsMemory(0, read));
            bytes += read;
        }

        return new(bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
