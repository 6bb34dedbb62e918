using Parquet;
using Parquet.Schema;

namespace DinOrleans.Datasets;

/// <summary>
/// The rows of a Parquet file as text: numbers in invariant notation, times as RFC 3339, or without an offset where the file says that they are local. One
/// row group is in memory at a time. Columns of lists and structures are left out.
/// </summary>
internal sealed class ParquetRows : IRowSource
{
    private static readonly ParquetOptions Options = new() { TreatByteArrayAsString = true };

    private readonly string _file;
    private readonly ParquetReader _reader;
    private readonly DataField[] _fields;
    private Func<int, string>[] _columns = [];
    private int _group = -1;
    private int _row;
    private int _rowCount;

    /// <exception cref="DatasetException">The file does not exist, cannot be read, or is not Parquet.</exception>
    public ParquetRows(string path)
    {
        _file = Path.GetFileName(path);
        FileStream stream = DataFile.OpenAsIs(path);
        try
        {
            _reader = Guard(() => ParquetReader.CreateAsync(stream, Options, leaveStreamOpen: false).GetAwaiter().GetResult());
            _fields = Guard(() => _reader.Schema.Fields.OfType<DataField>().Where(f => !f.IsArray && ParquetColumn.IsSupported(f)).ToArray());
            LeftOut = [.. _reader.Schema.Fields.Except(_fields).Select(f => f.Name)];
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The names of the columns that are left out.</summary>
    public IReadOnlyList<string> LeftOut { get; }

    /// <inheritdoc/>
    public string HeaderPlace => "schema";

    /// <inheritdoc/>
    public string PlaceName => $"row {Place:D}";

    /// <inheritdoc/>
    public long Place { get; private set; }

    /// <inheritdoc/>
    public int Count => _fields.Length;

    /// <inheritdoc/>
    public string this[int column] => _columns[column](_row);

    /// <inheritdoc/>
    public bool IsNumber(int column) => ParquetColumn.IsNumber(_fields[column]);

    /// <inheritdoc/>
    public string[] ReadHeader() => [.. _fields.Select(f => f.Name)];

    /// <inheritdoc/>
    public bool Read()
    {
        _row++;
        while (_row >= _rowCount)
        {
            if (++_group >= _reader.RowGroupCount)
            {
                return false;
            }

            Guard(ReadGroup);
        }

        Place++;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private bool ReadGroup()
    {
        using ParquetRowGroupReader group = _reader.OpenRowGroupReader(_group);
        _columns = Array.ConvertAll(_fields, field => ParquetColumn.ReadAsync(group, field).GetAwaiter().GetResult());
        _rowCount = checked((int)group.RowCount);
        _row = 0;
        return true;
    }

    /// <summary>The reader reports a damaged file by exceptions of many kinds.</summary>
    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            string after = Place > 0 ? $" after row {Place}" : "";
            throw new DatasetException($"{_file}{after}: cannot be read as Parquet; is the file whole, and is each of its columns of a usual type?", e);
        }
    }
}
