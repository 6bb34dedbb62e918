using System.Numerics.Tensors;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Representation;

/// <summary>A memory-mapped table of rows of numbers, which may be larger than memory. Safe for concurrent reads.</summary>
public sealed class EmbeddingTable : IDisposable
{
    private readonly MappedBytes _rows;
    private readonly TableNumbers _numbers;
    private readonly int _rowBytes;

    private EmbeddingTable(MappedBytes rows, long rowCount, int dimension, TableNumbers numbers)
    {
        _rows = rows;
        _numbers = numbers;
        _rowBytes = (int)numbers.RowBytes(dimension);
        RowCount = rowCount;
        Dimension = dimension;
    }

    public long RowCount { get; }

    /// <summary>The width of a row, in numbers.</summary>
    public int Dimension { get; }

    /// <summary>Maps a file of rows, little-endian, one after another.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="dimension">The width of a row, in numbers.</param>
    /// <param name="numbers">How the numbers are stored.</param>
    /// <exception cref="InvalidContentException">The file does not have the size of the rows.</exception>
    public static EmbeddingTable Open(string path, long rows, int dimension, TableNumbers numbers)
    {
        long expected = checked(rows * numbers.RowBytes(dimension));
        MappedBytes? file = MappedBytes.Open(path);
        if (file is null || file.Length != expected)
        {
            long actual = file?.Length ?? 0;
            file?.Dispose();
            throw new InvalidContentException($"has {actual} bytes, but {rows} rows of {dimension} numbers take {expected}");
        }

        return new(file, rows, dimension, numbers);
    }

    /// <summary>Reads a row.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="values">Receives the numbers, at least <see cref="Dimension"/>.</param>
    public void Read(int row, Span<float> values)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (ulong)RowCount);
        long offset = (long)row * _rowBytes;
        if (_numbers == TableNumbers.Bits16)
        {
            TensorPrimitives.ConvertToSingle(_rows.Values<Half>(offset, Dimension), values[..Dimension]);
        }
        else
        {
            _rows.Values<float>(offset, Dimension).CopyTo(values);
        }
    }

    /// <summary>Reads the first number of a row, which is all of it in a table of width 1.</summary>
    /// <param name="row">The row, from 0.</param>
    public float ReadFirst(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (ulong)RowCount);
        long offset = (long)row * _rowBytes;
        return _numbers == TableNumbers.Bits16 ? (float)_rows.Value<Half>(offset) : _rows.Value<float>(offset);
    }

    /// <inheritdoc/>
    public void Dispose() => _rows.Dispose();
}
