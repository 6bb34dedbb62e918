using DinOrleans.Contracts.Validation;

namespace DinOrleans.Datasets;

/// <summary>Streams a table with named columns, one row at a time. Errors name the file, the line and the column.</summary>
internal sealed class DataTable : IDisposable
{
    /// <summary>The end of a message about wrong bytes if the command line has the option.</summary>
    public const string EncodingAdvice = "; give the encoding of the file with --encoding, such as --encoding latin1";

    private static readonly string[] CommonDelimiters = [",", ";", "\t", "|"];

    private readonly IRowSource _rows;
    private readonly string _file;
    private readonly CsvFormat _format;
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private bool _hasHeader;

    private DataTable(string path, CsvFormat format)
    {
        _file = Path.GetFileName(path);
        _format = format;
        _rows = RowSources.Open(path, format);
    }

    /// <summary>The column names in file order.</summary>
    public IReadOnlyList<string> Header { get; private set; } = [];

    /// <summary>What of the file cannot be read, in a sentence. Null if there is nothing.</summary>
    public string? Note => _rows is ParquetRows { LeftOut: { Count: > 0 } names }
        ? $"Left out of {_file}: {string.Join(", ", names)}, whose rows hold lists, structures or bytes."
        : null;

    /// <summary>The line on which the current row ends, or the number of the row where the format has no lines. It starts at 1, and no two rows have the same.</summary>
    public long Line => _rows.Place;

    /// <summary>A field of the current row. It is empty if the value is missing.</summary>
    public string this[int column] => _format.Missing.Contains(_rows[column]) ? "" : _rows[column];

    /// <summary>Opens a file, gzipped or not, and reads its header. A Parquet file has its own format, whatever is given.</summary>
    /// <exception cref="DatasetException">The file is missing, is empty although it should have a header, or has two columns of one name.</exception>
    public static DataTable Open(string path, CsvFormat? format = null)
    {
        var table = new DataTable(path, format ?? CsvFormat.Rfc4180);
        try
        {
            table.Name(table._rows is ParquetRows ? null : table._format.Columns);
            return table;
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    /// <summary>Moves to the next row.</summary>
    /// <exception cref="DatasetException">The row does not have the format of the file, or has another number of fields than the header.</exception>
    public bool Read()
    {
        bool read = _rows.Read();
        return !read || _rows.Count == Header.Count
            ? read
            : throw RowError($"must have {Header.Count} fields{(_hasHeader ? " like the header" : "")}, but has {_rows.Count}");
    }

    /// <summary>The position of a required column.</summary>
    /// <exception cref="DatasetException">The file does not have the column.</exception>
    public int Column(string name) =>
        OptionalColumn(name) ?? throw HeaderError(name, "must be there" + DelimiterAdvice());

    /// <summary>The position of a column, or null if the file does not have it.</summary>
    public int? OptionalColumn(string name) => _columns.TryGetValue(name, out int index) ? index : null;

    /// <summary>Refuses columns that are not read, because they are mostly misspelt.</summary>
    public void RequireOnly(IEnumerable<string> known)
    {
        foreach (string unknown in Header.Except(known, StringComparer.Ordinal))
        {
            throw HeaderError(unknown, "is unknown to the schema");
        }
    }

    /// <summary>Reads a field that must be an id.</summary>
    /// <exception cref="DatasetException">It is not a valid id.</exception>
    public string Id(int column) => Id(column, this[column]);

    /// <summary>Checks an id that was made of a field.</summary>
    /// <exception cref="DatasetException">It is not a valid id.</exception>
    public string Id(int column, string id) => InputRules.CheckId(id) is { } rule ? throw Error(column, rule) : id;

    /// <summary>Reads a field that is the value of a categorical feature. It is empty if the value is missing.</summary>
    /// <exception cref="DatasetException">The value breaks a rule.</exception>
    public string Feature(int column) => Feature(column, this[column]);

    /// <summary>Checks the value of a categorical feature that was made of a field.</summary>
    /// <exception cref="DatasetException">The value breaks a rule.</exception>
    public string Feature(int column, string value) => InputRules.CheckFeature(value, isNumeric: false) is { } rule ? throw Error(column, rule) : value;

    /// <summary>Reads a field that is a number, as text with a decimal point. It is empty if the number is missing.</summary>
    /// <exception cref="DatasetException">The field is not a finite number.</exception>
    public string Number(int column)
    {
        string text = this[column];
        if (text.Length > 0 && _format.DecimalComma && !_rows.IsNumber(column))
        {
            text = DecimalCommas.TryConvert(text, out string? converted) ? converted : throw Error(column, DecimalCommas.Rule);
        }

        return text.Length > 0 && InputRules.CheckFeature(text, isNumeric: true) is { } rule ? throw Error(column, rule) : text;
    }

    /// <summary>The local time of a field, if the file itself says that it is one. Null if the field is only a text.</summary>
    public DateTime? LocalTime(int column) => _rows.LocalTime(column);

    /// <summary>Makes an exception for a value of the current row that breaks a rule.</summary>
    public DatasetException Error(int column, string rule) => new($"{_file} {_rows.PlaceName}, column {Header[column]}: {rule}");

    /// <summary>Makes an exception for a row that breaks a rule as a whole.</summary>
    public DatasetException RowError(string rule) => new($"{_file} {_rows.PlaceName}: {rule}");

    /// <inheritdoc/>
    public void Dispose() => _rows.Dispose();

    private DatasetException HeaderError(string column, string rule) => new($"{_file} {_rows.HeaderPlace}, column {column}: {rule}");

    /// <summary>Recognises a file with another delimiter: it seems to have one column whose name contains that delimiter.</summary>
    private string DelimiterAdvice()
    {
        string? likely = Header.Count == 1 && _rows is CsvRows ? Array.Find(CommonDelimiters, d => d != _format.Delimiter && Header[0].Contains(d, StringComparison.Ordinal)) : null;
        if (likely is null)
        {
            return "";
        }

        string shown = likely == "\t" ? "tab" : $"\"{likely}\"";
        return $"; the fields seem to be separated by {shown}, not by \"{_format.Delimiter}\"" + (_format.HasOptions ? $": give --delimiter {shown}" : "");
    }

    private void Name(IReadOnlyList<string>? columns)
    {
        _hasHeader = columns is null;
        Header = columns ?? _rows.ReadHeader();
        for (int i = 0; i < Header.Count; i++)
        {
            if (!_columns.TryAdd(Header[i], i))
            {
                throw Error(i, "must be named once");
            }
        }
    }
}
