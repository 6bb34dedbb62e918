using System.Diagnostics;

namespace DinOrleans.Storage.Folders;

/// <summary>
/// Keeps a large copy from disturbing a server on the same disk. The copy is no faster than a rate, and it comes to the disk in small parts: a commit
/// of the server may have to wait for all that is written and not yet on the disk.
/// </summary>
/// <param name="bytesPerSecond">The rate, at most.</param>
public sealed class CopyPace(long bytesPerSecond)
{
    /// <summary>The bytes that are written between two syncs.</summary>
    private const long BytesASync = 2L << 20;

    private long? _start;
    private long _written;
    private long _unsynced;

    /// <summary>Notes that a part of a file was written, and waits until the next one may be.</summary>
    /// <param name="file">The file.</param>
    /// <param name="bytes">The number of bytes of the part.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IOException">The file cannot be brought to the disk.</exception>
    public void Wrote(FileStream file, long bytes, CancellationToken cancellationToken)
    {
        // What came before the first part, such as a check of the file, gives the copy no time to catch up on.
        _start ??= Stopwatch.GetTimestamp();
        _written += bytes;
        _unsynced += bytes;
        if (_unsynced >= BytesASync)
        {
            RandomAccess.FlushToDisk(file.SafeFileHandle);
            _unsynced = 0;
        }

        TimeSpan ahead = TimeSpan.FromSeconds((double)_written / bytesPerSecond) - Stopwatch.GetElapsedTime(_start.Value);
        if (ahead > TimeSpan.Zero)
        {
            cancellationToken.WaitHandle.WaitOne(ahead);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }
}
