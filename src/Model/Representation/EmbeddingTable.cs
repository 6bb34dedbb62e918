using System.IO.MemoryMappedFiles;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Representation;

/// <summary>A memory-mapped table of float32 rows, which may be larger than memory. Safe for concurrent reads.</summary>
public sealed unsafe class EmbeddingTable : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly float* _rows;
    private bool _disposed;

    private EmbeddingTable(MemoryMappedFile file, MemoryMappedViewAccessor view, long rows, int dimension)
    {
        _file = file;
        _view = view;
        RowCount = rows;
        Dimension = dimension;
        byte* pointer = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        _rows = (float*)(pointer + view.PointerOffset);
    }

    public long RowCount { get; }

    /// <summary>The width of a row, in floats.</summary>
    public int Dimension { get; }

    /// <summary>Maps a file of rows, little-endian, one after another.</summary>
    /// <exception cref="InvalidContentException">The file does not have the size of the rows.</exception>
    public static EmbeddingTable Open(string path, long rows, int dimension)
    {
        long expected = checked(rows * dimension * sizeof(float));

        // The length of the opened file is needed: a path may lead to a link, which has its own length.
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        if (stream.Length != expected || expected == 0)
        {
            long actual = stream.Length;
            stream.Dispose();
            throw new InvalidContentException($"has {actual} bytes, but {rows} rows of {dimension} floats take {expected}");
        }

        var file = MemoryMappedFile.CreateFromFile(stream, mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        return new(file, file.CreateViewAccessor(0, expected, MemoryMappedFileAccess.Read), rows, dimension);
    }

    /// <summary>The floats of a row. They are valid until the table is disposed.</summary>
    public ReadOnlySpan<float> Row(int row)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (ulong)RowCount);
        return new(_rows + ((long)row * Dimension), Dimension);
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
