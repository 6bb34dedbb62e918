using System.Numerics.Tensors;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Representation;

/// <summary>A memory-mapped table of rows of numbers, which may be larger than memory. Safe for concurrent reads.</summary>
public sealed class EmbeddingTable : IDisposable
{
    private readonly MappedBytes _rows;
    private readonly MappedBytes? _scales;
    private readonly TableNumbers _numbers;
    private readonly int _rowBytes;

    private EmbeddingTable(MappedBytes rows, MappedBytes? scales, long rowCount, int dimension, TableNumbers numbers)
    {
        _rows = rows;
        _scales = scales;
        _numbers = numbers;
        _rowBytes = (int)numbers.RowBytes(dimension);
        RowCount = rowCount;
        Dimension = dimension;
    }

    public long RowCount { get; }

    /// <summary>The width of a row, in numbers.</summary>
    public int Dimension { get; }

    /// <summary>Maps a file of rows, little-endian, one after another, and the file of their scales.</summary>
    /// <param name="path">The file.</param>
    /// <param name="scales">The file of the rows' scales, which are 32-bit floats; null unless the rows are stored as <see cref="TableNumbers.Bits8"/>.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="dimension">The width of a row, in numbers.</param>
    /// <param name="numbers">How the numbers of the version are stored.</param>
    /// <exception cref="InvalidContentException">A file does not have the size of the rows.</exception>
    public static EmbeddingTable Open(string path, string? scales, long rows, int dimension, TableNumbers numbers)
    {
        MappedBytes mapped = Map(path, checked(rows * numbers.RowBytes(dimension)), $"{rows} rows of {dimension} numbers");
        try
        {
            return new(mapped, scales is null ? null : Map(scales, checked(rows * sizeof(float)), $"the scales of {rows} rows"), rows, dimension, numbers.Of(dimension));
        }
        catch
        {
            mapped.Dispose();
            throw;
        }
    }

    /// <summary>Reads a row.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="values">Receives the numbers, at least <see cref="Dimension"/>.</param>
    public void Read(int row, Span<float> values)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (ulong)RowCount);
        long offset = (long)row * _rowBytes;
        switch (_numbers)
        {
            case TableNumbers.Bits16:
                TensorPrimitives.ConvertToSingle(_rows.Values<Half>(offset, Dimension), values[..Dimension]);
                break;
            case TableNumbers.Bits8:
                ScaledRow.Restore(_rows.Values<sbyte>(offset, Dimension), Scale(row), values);
                break;
            default:
                _rows.Values<float>(offset, Dimension).CopyTo(values);
                break;
        }
    }

    /// <summary>Has the processor fetch a row that will be read soon. It does nothing on processors without such an instruction.</summary>
    /// <param name="row">The row, from 0.</param>
    public void Prefetch(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (ulong)RowCount);
        _rows.Prefetch((long)row * _rowBytes, _rowBytes);
    }

    /// <summary>Reads the first number of a row, which is all of it in a table of width 1.</summary>
    /// <param name="row">The row, from 0.</param>
    public float ReadFirst(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (ulong)RowCount);
        long offset = (long)row * _rowBytes;
        return _numbers switch
        {
            TableNumbers.Bits16 => (float)_rows.Value<Half>(offset),
            TableNumbers.Bits8 => _rows.Value<sbyte>(offset) * Scale(row),
            _ => _rows.Value<float>(offset),
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rows.Dispose();
        _scales?.Dispose();
    }

    private static MappedBytes Map(string path, long expected, string what)
    {
        MappedBytes? file = MappedBytes.Open(path);
        if (file is null || file.Length != expected)
        {
            long actual = file?.Length ?? 0;
            file?.Dispose();
            throw new InvalidContentException($"has {actual} bytes, but {what} take {expected}");
        }

        return file;
    }

    private float Scale(int row) => _scales!.Value<float>((long)row * sizeof(float));
}
