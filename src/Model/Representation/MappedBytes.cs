using System.IO.MemoryMappedFiles;
using System.Runtime.Intrinsics.X86;

namespace DinOrleans.Model.Representation;

/// <summary>A file of the disk as memory. It may be larger than memory, and processes share it. Safe for concurrent reads.</summary>
internal sealed unsafe class MappedBytes : IDisposable
{
    private const int CacheLine = 64;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private bool _disposed;

    private MappedBytes(MemoryMappedFile file, MemoryMappedViewAccessor view, long length)
    {
        _file = file;
        _view = view;
        Length = length;
        byte* pointer = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        _start = pointer + view.PointerOffset;
    }

    /// <summary>The length of the file in bytes, at least 1.</summary>
    public long Length { get; }

    /// <summary>Maps a file. Null where it is empty, since nothing cannot be mapped.</summary>
    public static MappedBytes? Open(string path)
    {
        // The length of the opened file is needed: a path may lead to a link, which has its own length.
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        long length = stream.Length;
        if (length == 0)
        {
            stream.Dispose();
            return null;
        }

        var file = MemoryMappedFile.CreateFromFile(stream, mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        return new(file, file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read), length);
    }

    /// <summary>Values of the file, little-endian. They are valid until the file is disposed.</summary>
    /// <param name="offset">Where the values begin, in bytes.</param>
    /// <param name="count">The number of values.</param>
    public ReadOnlySpan<T> Values<T>(long offset, int count)
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)count * sizeof(T), Length - offset);
        return new(_start + offset, count);
    }

    /// <summary>A value of the file, little-endian.</summary>
    public T Value<T>(long offset)
        where T : unmanaged => Values<T>(offset, 1)[0];

    /// <summary>Has the processor fetch bytes that will be read soon.</summary>
    /// <param name="offset">Where the bytes begin, within the file.</param>
    /// <param name="count">The number of bytes.</param>
    public void Prefetch(long offset, int count)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Sse.IsSupported)
        {
            for (int line = 0; line < count; line += CacheLine)
            {
                Sse.Prefetch0(_start + offset + line);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
