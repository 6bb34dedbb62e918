using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace DinOrleans.Training.Datasets;

/// <summary>Streams the rows of a CSV file with a header line, one at a time.</summary>
public sealed class CsvTable : IDisposable
{
    private readonly CsvParser _parser;
    private readonly Dictionary<string, int> _columns;

    /// <param name="reader">The text; disposed with the table.</param>
    /// <param name="file">Its name in messages.</param>
    /// <exception cref="DatasetException">There is no header, or a column occurs twice.</exception>
    public CsvTable(TextReader reader, string file)
    {
        File = file;
        _parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null, Mode = CsvMode.RFC4180, CacheFields = false });
        if (!_parser.Read())
        {
            throw new DatasetException($"{file}: is empty, not even a header line.");
        }

        Header = [.. _parser.Record!.Select((c, i) => i == 0 ? c.TrimStart('\uFEFF') : c)];
        _columns = [];
        for (int i = 0; i < Header.Count; i++)
        {
            if (!_columns.TryAdd(Header[i], i))
            {
                throw new DatasetException($"{file} line 1: column {Header[i]} occurs twice.");
            }
        }
    }

    public string File { get; }

    public IReadOnlyList<string> Header { get; }

    /// <summary>The line that the current row starts on, from 1.</summary>
    public long Line { get; private set; } = 1;

    public static CsvTable Open(string path, string? name = null) => new(new StreamReader(path), name ?? Path.GetFileName(path));

    /// <summary>Goes to the next row.</summary>
    /// <exception cref="DatasetException">It has more or fewer fields than the header.</exception>
    public bool Read()
    {
        Line = _parser.RawRow + 1;
        if (!_parser.Read())
        {
            return false;
        }

        return _parser.Count == Header.Count
            ? true
            : throw new DatasetException($"{File} line {Line}: has {_parser.Count} fields, the header has {Header.Count}.");
    }

    /// <summary>Position of a column; −1 where it is missing.</summary>
    public int Find(string column) => _columns.GetValueOrDefault(column, -1);

    /// <summary>Position of a column that must be there.</summary>
    /// <exception cref="DatasetException">It is not.</exception>
    public int Require(string column) => _columns.TryGetValue(column, out int index)
        ? index
        : throw new DatasetException($"{File} line 1: column {column} is missing; there are {string.Join(", ", Header)}.");

    /// <summary>A field of the current row.</summary>
    public string this[int column] => _parser[column];

    /// <summary>An id: 1 to 200 characters.</summary>
    /// <exception cref="DatasetException">It is none.</exception>
    public string Id(int column)
    {
        string id = _parser[column];
        return Contracts.Validation.UserRules.CheckId(id) is [var broken, ..] ? throw Bad(column, broken.Rule) : id;
    }

    /// <summary>An RFC 3339 timestamp.</summary>
    /// <exception cref="DatasetException">It is none.</exception>
    public DateTimeOffset Timestamp(int column) =>
        DateTimeOffset.TryParse(_parser[column], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
            ? time
            : throw Bad(column, $"must be an RFC 3339 timestamp, not \"{_parser[column]}\"");

    /// <summary>What to throw about a field of the current row.</summary>
    public DatasetException Bad(int column, string rule) => DatasetException.At(File, Line, Header[column], rule);

    /// <inheritdoc/>
    public void Dispose() => _parser.Dispose();
}
