using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using DinOrleans.Contracts.Validation;

namespace DinOrleans.Datasets;

/// <summary>Streams a CSV file, one row at a time. Errors name the file, the line and the column.</summary>
internal sealed class CsvTable : IDisposable
{
    /// <summary>The largest number of characters of a field, so that a quote that is never closed does not read the whole file into memory.</summary>
    private const int MaxFieldLength = 1_000_000;

    /// <summary>The end of a message about wrong bytes if the command line has the option.</summary>
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

    /// <summary>The column names in file order.</summary>
    public IReadOnlyList<string> Header { get; private set; } = [];

    /// <summary>The line on which the current row ends, from 1.</summary>
    public long Line => _parser.RawRow;

    /// <summary>A field of the current row.</summary>
    public string this[int column] => _parser[column];

    /// <summary>Opens a file, gzipped or not, and reads its header.</summary>
    /// <exception cref="DatasetException">The file is missing, is empty although it should have a header, or has two columns of one name.</exception>
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

    /// <summary>The position of a required column.</summary>
    /// <exception cref="DatasetException">The file does not have the column.</exception>
    public int Column(string name) =>
        OptionalColumn(name) ?? throw DatasetException.At(_file, 1, name, "must be there" + DelimiterAdvice());

    /// <summary>The position of a column, or null if the file does not have it.</summary>
    public int? OptionalColumn(string name) => _columns.TryGetValue(name, out int index) ? index : null;

    /// <summary>Refuses columns that are not read, because they are mostly misspelt.</summary>
    public void RequireOnly(IEnumerable<string> known)
    {
        foreach (string unknown in Header.Except(known, StringComparer.Ordinal))
        {
            throw DatasetException.At(_file, 1, unknown, "is unknown to the schema");
        }
    }

    /// <summary>Reads a field that must be an id.</summary>
    /// <exception cref="DatasetException">It is not a valid id.</exception>
    public string Id(int column) => Id(column, _parser[column]);

    /// <summary>Checks an id that was made of a field.</summary>
    /// <exception cref="DatasetException">It is not a valid id.</exception>
    public string Id(int column, string id) => InputRules.CheckId(id) is { } rule ? throw Error(column, rule) : id;

    /// <summary>Reads a field that is the value of a categorical feature. It is empty if the value is missing.</summary>
    /// <exception cref="DatasetException">The value breaks a rule.</exception>
    public string Feature(int column) => InputRules.CheckFeature(_parser[column], isNumeric: false) is { } rule ? throw Error(column, rule) : _parser[column];

    /// <summary>Reads a field that is a number, as text. It is empty if the number is missing.</summary>
    /// <exception cref="DatasetException">The field is not a finite number.</exception>
    public string Number(int column) =>
        _parser[column].Length > 0 && InputRules.CheckFeature(_parser[column], isNumeric: true) is { } rule ? throw Error(column, rule) : _parser[column];

    /// <summary>Makes an exception for a value of the current row that breaks a rule.</summary>
    public DatasetException Error(int column, string rule) => DatasetException.At(_file, Line, Header[column], rule);

    /// <summary>Makes an exception for a row that breaks a rule as a whole.</summary>
    public DatasetException RowError(string rule) => new($"{_file} line {Line}: {rule}");

    /// <inheritdoc/>
    public void Dispose() => _parser.Dispose();

    /// <summary>Recognises a file with another delimiter: it seems to have one column whose name contains that delimiter.</summary>
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
