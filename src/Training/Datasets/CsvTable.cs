using System.Globalization;
using System.IO.Compression;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace DinOrleans.Training.Datasets;

/// <summary>Streams a CSV file with a header row, one row at a time. Errors name the file, the line and the column.</summary>
internal sealed class CsvTable : IDisposable
{
    private const int BufferSize = 1 << 16;

    private readonly CsvParser _parser;
    private readonly string _file;
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);

    private CsvTable(string path)
    {
        _file = Path.GetFileName(path);
        Stream stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.SequentialScan);
        if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            stream = new GZipStream(stream, CompressionMode.Decompress);
        }

        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            BufferSize = BufferSize,
            CacheFields = true,
            BadDataFound = bad => throw RowError("quotes must enclose a whole field and be doubled inside it"),
        };
        _parser = new CsvParser(new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, BufferSize), configuration);
    }

    /// <summary>Column names in file order.</summary>
    public IReadOnlyList<string> Header { get; private set; } = [];

    /// <summary>Line that the current row ends on, from 1.</summary>
    public long Line => _parser.RawRow;

    /// <summary>A field of the current row.</summary>
    public string this[int column] => _parser[column];

    /// <summary>Opens a file, gzipped where its name ends in <c>.gz</c>, and reads its header.</summary>
    /// <exception cref="DatasetException">The file is missing or empty, or a column is named twice.</exception>
    public static CsvTable Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new DatasetException($"{path}: there is no such file.");
        }

        var table = new CsvTable(path);
        try
        {
            table.ReadHeader();
            return table;
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    /// <summary>Moves to the next row.</summary>
    /// <exception cref="DatasetException">The row is not CSV or has another number of fields than the header.</exception>
    public bool Read()
    {
        bool read = ReadRow();
        return !read || _parser.Count == Header.Count
            ? read
            : throw RowError($"must have {Header.Count} fields like the header, but has {_parser.Count}");
    }

    /// <summary>The position of a column that must be there.</summary>
    public int Column(string name) =>
        OptionalColumn(name) ?? throw DatasetException.At(_file, 1, name, "must be there");

    /// <summary>The position of a column; null where the file lacks it.</summary>
    public int? OptionalColumn(string name) => _columns.TryGetValue(name, out int index) ? index : null;

    /// <summary>Refuses columns that nobody reads: most often a misspelt one.</summary>
    public void RequireOnly(IEnumerable<string> known)
    {
        foreach (string unknown in Header.Except(known, StringComparer.Ordinal))
        {
            throw DatasetException.At(_file, 1, unknown, "is unknown to the schema");
        }
    }

    /// <summary>A field that must be an id.</summary>
    public string Id(int column)
    {
        string id = _parser[column];
        return id.Length is >= 1 and <= DatasetLayout.MaxIdLength
            ? id
            : throw Error(column, $"must be 1 to {DatasetLayout.MaxIdLength} characters");
    }

    /// <summary>A value of the current row breaks a rule.</summary>
    public DatasetException Error(int column, string rule) => DatasetException.At(_file, Line, Header[column], rule);

    /// <summary>The current row as a whole breaks a rule.</summary>
    public DatasetException RowError(string rule) => new($"{_file} line {Line}: {rule}");

    /// <inheritdoc/>
    public void Dispose() => _parser.Dispose();

    private bool ReadRow()
    {
        try
        {
            return _parser.Read();
        }
        catch (InvalidDataException e)
        {
            throw new DatasetException($"{_file} after line {Line}: the file is damaged ({e.Message})", e);
        }
    }

    private void ReadHeader()
    {
        if (!ReadRow())
        {
            throw new DatasetException($"{_file} line 1: must be a header row, but the file is empty");
        }

        Header = [.. _parser.Record!];
        for (int i = 0; i < Header.Count; i++)
        {
            if (!_columns.TryAdd(Header[i], i))
            {
                throw Error(i, "must be named once");
            }
        }
    }
}
