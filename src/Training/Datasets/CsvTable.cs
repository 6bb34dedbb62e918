using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace DinOrleans.Training.Datasets;

/// <summary>Streams a CSV file, one row at a time. Errors name the file, the line and the column.</summary>
internal sealed class CsvTable : IDisposable
{
    private readonly CsvParser _parser;
    private readonly string _file;
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private bool _hasHeader;

    private CsvTable(string path, CsvFormat format)
    {
        _file = Path.GetFileName(path);
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            BufferSize = DataFile.BufferSize,
            Delimiter = format.Delimiter,
            Mode = format.Quoted ? CsvMode.RFC4180 : CsvMode.NoEscape,
            BadDataFound = bad => throw RowError("quotes must enclose a whole field and be doubled inside it"),
        };
        var reader = new StreamReader(DataFile.OpenRead(path), format.Encoding, detectEncodingFromByteOrderMarks: true, DataFile.BufferSize);
        _parser = new CsvParser(reader, configuration);
    }

    /// <summary>Column names in file order.</summary>
    public IReadOnlyList<string> Header { get; private set; } = [];

    /// <summary>Line that the current row ends on, from 1.</summary>
    public long Line => _parser.RawRow;

    /// <summary>A field of the current row.</summary>
    public string this[int column] => _parser[column];

    /// <summary>Opens a file, gzipped where its name ends in <c>.gz</c>, and reads its header.</summary>
    /// <exception cref="DatasetException">The file is missing, it is empty but should have a header, or a column is named twice.</exception>
    public static CsvTable Open(string path, CsvFormat? format = null)
    {
        format ??= CsvFormat.Rfc4180;
        var table = new CsvTable(path, format);
        try
        {
            table.Name(format.Columns ?? table.ReadHeader());
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
            : throw RowError($"must have {Header.Count} fields{(_hasHeader ? " like the header" : "")}, but has {_parser.Count}");
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

    private string[] ReadHeader()
    {
        _hasHeader = true;
        return ReadRow() ? [.. _parser.Record!] : throw new DatasetException($"{_file} line 1: must be a header row, but the file is empty");
    }

    private void Name(IReadOnlyList<string> columns)
    {
        Header = columns;
        for (int i = 0; i < columns.Count; i++)
        {
            if (!_columns.TryAdd(columns[i], i))
            {
                throw Error(i, "must be named once");
            }
        }
    }
}
