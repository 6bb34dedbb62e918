using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using DinOrleans.Contracts.Validation;

namespace DinOrleans.Datasets;

/// <summary>Streams a CSV file, one row at a time. Errors name the file, the line and the column.</summary>
internal sealed class CsvTable : IDisposable
{
    /// <summary>Characters of a field, so that a quote that is never closed does not take the whole file into memory.</summary>
    private const int MaxFieldLength = 1_000_000;

    /// <summary>What a message about wrong bytes ends with where the command line has the option.</summary>
    public const string EncodingAdvice = "; give the encoding of the file with --encoding, such as --encoding latin1";

    private static readonly string[] CommonDelimiters = [",", ";", "\t", "|"];

    private readonly CsvParser _parser;
    private readonly string _file;
    private readonly CsvFormat _format;
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private bool _hasHeader;

    private CsvTable(string path, CsvFormat format)
    {
        _file = Path.GetFileName(path);
        _format = format;
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            BufferSize = DataFile.BufferSize,
            Delimiter = format.Delimiter,
            Mode = format.Quoted ? CsvMode.RFC4180 : CsvMode.NoEscape,
            MaxFieldSize = MaxFieldLength,
            BadDataFound = bad => throw RowError("quotes must enclose a whole field and be doubled inside it"),
        };
        string advice = format.HasOptions ? EncodingAdvice : ", as the files of a dataset must be";
        _parser = new CsvParser(new SourceText(path, format.Encoding, advice), configuration);
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
    /// <exception cref="DatasetException">The file lacks it.</exception>
    public int Column(string name) =>
        OptionalColumn(name) ?? throw DatasetException.At(_file, 1, name, "must be there" + DelimiterAdvice());

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
    /// <exception cref="DatasetException">It is not a valid id.</exception>
    public string Id(int column) => Id(column, _parser[column]);

    /// <summary>An id that is made of a field.</summary>
    /// <exception cref="DatasetException">It is not a valid id.</exception>
    public string Id(int column, string id) => InputRules.CheckId(id) is { } rule ? throw Error(column, rule) : id;

    /// <summary>A field that is the value of an id-like feature; empty where it is missing.</summary>
    /// <exception cref="DatasetException">It breaks a rule of such values.</exception>
    public string Feature(int column) => InputRules.CheckFeature(_parser[column], isNumeric: false) is { } rule ? throw Error(column, rule) : _parser[column];

    /// <summary>A field that is a number as text; empty where it is missing.</summary>
    /// <exception cref="DatasetException">It is not a finite number.</exception>
    public string Number(int column) =>
        _parser[column].Length > 0 && InputRules.CheckFeature(_parser[column], isNumeric: true) is { } rule ? throw Error(column, rule) : _parser[column];

    /// <summary>A value of the current row breaks a rule.</summary>
    public DatasetException Error(int column, string rule) => DatasetException.At(_file, Line, Header[column], rule);

    /// <summary>The current row as a whole breaks a rule.</summary>
    public DatasetException RowError(string rule) => new($"{_file} line {Line}: {rule}");

    /// <inheritdoc/>
    public void Dispose() => _parser.Dispose();

    /// <summary>What a file separated by something else looks like: one column whose name holds the separator.</summary>
    private string DelimiterAdvice()
    {
        string? likely = Header.Count == 1 ? Array.Find(CommonDelimiters, d => d != _format.Delimiter && Header[0].Contains(d, StringComparison.Ordinal)) : null;
        if (likely is null)
        {
            return "";
        }

        string shown = likely == "\t" ? "tab" : $"\"{likely}\"";
        return $"; the fields seem to be separated by {shown}, not by \"{_format.Delimiter}\"" + (_format.HasOptions ? $": give --delimiter {shown}" : "");
    }

    private bool ReadRow()
    {
        try
        {
            return _parser.Read();
        }
        catch (MaxFieldSizeException e)
        {
            throw new DatasetException($"{_file} after line {Line}: a field is longer than {MaxFieldLength} characters; is a quote left open?", e);
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
