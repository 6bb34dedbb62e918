using DinOrleans.Datasets.Workbooks;

namespace DinOrleans.Datasets;

/// <summary>
/// The rows of an Excel workbook, one sheet after the other. Sheets that are read together must have the same header. Rows without a value are passed.
/// </summary>
internal sealed class WorkbookRows : IRowSource
{
    private readonly string _file;
    private readonly bool _hasHeader;
    private readonly FileStream _stream;
    private readonly ExcelWorkbook _workbook;
    private readonly ChosenSheets _sheets;
    private int _width;
    private int _at = -1;
    private long _before;
    private SheetReader? _reader;

    /// <param name="path">The file.</param>
    /// <param name="format">The sheet, and the names of the columns if the sheets have no header.</param>
    /// <exception cref="DatasetException">The file does not exist, cannot be read, is not a workbook, or lacks the sheet.</exception>
    public WorkbookRows(string path, CsvFormat format)
    {
        _file = Path.GetFileName(path);
        _hasHeader = format.Columns is null;
        _width = format.Columns?.Count ?? 0;
        _stream = WorkbookFile.Open(path);
        try
        {
            _workbook = Guard(() => new ExcelWorkbook(_stream));
            _sheets = Guard(() => new ChosenSheets(_workbook, _file, format));
        }
        catch
        {
            _workbook?.Dispose();
            _stream.Dispose();
            throw;
        }
    }

    /// <summary>The names of the sheets that are read.</summary>
    public IReadOnlyList<string> Sheets => [.. Enumerable.Range(0, _sheets.Count).Select(i => _sheets[i].Name)];

    /// <inheritdoc/>
    public string HeaderPlace => _sheets.HeaderPlace;

    /// <inheritdoc/>
    public string PlaceName => _reader is null ? HeaderPlace : _sheets.Describe(_at, _reader.Row);

    /// <summary>The number of the current row, counted on from sheet to sheet.</summary>
    public long Place => _before + (_reader?.Row ?? 0);

    /// <inheritdoc/>
    public int Count => Math.Max(_width, _reader!.Cells.Count);

    /// <inheritdoc/>
    public string this[int column] => Cell(column).Text;

    /// <inheritdoc/>
    public DateTime? LocalTime(int column) => Cell(column).Time;

    /// <inheritdoc/>
    public bool IsNumber(int column) => Cell(column).IsNumber;

    /// <inheritdoc/>
    /// <exception cref="DatasetException">No sheet has a value, or two sheets have different headers.</exception>
    public string[] ReadHeader()
    {
        string[] header = _sheets.Header();
        _width = header.Length;
        return header;
    }

    /// <inheritdoc/>
    public bool Read() => Guard(() =>
    {
        while (_reader is null || !_reader.Read())
        {
            _before = Place;
            _reader?.Dispose();
            _reader = null;
            if (++_at >= _sheets.Count)
            {
                return false;
            }

            _reader = _workbook.Open(_sheets[_at]);
            if (_hasHeader)
            {
                _reader.Read();
            }
        }

        return true;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader?.Dispose();
        _workbook.Dispose();
        _stream.Dispose();
    }

    private ExcelCell Cell(int column) => column < _reader!.Cells.Count ? _reader.Cells[column] : default;

    /// <summary>The library and the XML reader report a damaged file by exceptions of many kinds.</summary>
    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not OutOfMemoryException and not DatasetException)
        {
            string after = _reader is { Row: > 0 } ? $" after {PlaceName}" : "";
            throw new DatasetException($"{_file}{after}: cannot be read as an Excel workbook; is the file whole?", e);
        }
    }
}
