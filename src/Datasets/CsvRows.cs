using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace DinOrleans.Datasets;

/// <summary>The rows of a text with delimited fields.</summary>
internal sealed class CsvRows : IRowSource
{
    /// <summary>The largest number of characters of a field, so that a quote that is never closed does not read the whole file into memory.</summary>
    private const int MaxFieldLength = 1_000_000;

    private readonly CsvParser _parser;
    private readonly string _file;

    /// <param name="text">The text, which is disposed with the rows.</param>
    /// <param name="file">The name of the file, for messages.</param>
    /// <param name="format">The format of the rows.</param>
    public CsvRows(TextReader text, string file, CsvFormat format)
    {
        _file = file;
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            BufferSize = DataFile.BufferSize,
            Delimiter = format.Delimiter,
            Mode = format.Quoted ? CsvMode.RFC4180 : CsvMode.NoEscape,
            MaxFieldSize = MaxFieldLength,
            BadDataFound = _ => throw new DatasetException($"{_file} line {Place}: quotes must enclose a whole field and be doubled inside it"),
        };
        _parser = new CsvParser(text, configuration);
    }

    /// <inheritdoc/>
    public string HeaderPlace => "line 1";

    /// <inheritdoc/>
    public string PlaceName => $"line {Place:D}";

    /// <inheritdoc/>
    public long Place => _parser.RawRow;

    /// <inheritdoc/>
    public int Count => _parser.Count;

    /// <inheritdoc/>
    public string this[int column] => _parser[column];

    /// <inheritdoc/>
    public string[] ReadHeader() =>
        Read() ? [.. _parser.Record!] : throw new DatasetException($"{_file} line 1: must be a header row, but the file is empty");

    /// <inheritdoc/>
    public bool Read()
    {
        try
        {
            return _parser.Read();
        }
        catch (MaxFieldSizeException e)
        {
            throw new DatasetException($"{_file} after line {Place}: a field is longer than {MaxFieldLength} characters; is a quote left open?", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _parser.Dispose();
}
