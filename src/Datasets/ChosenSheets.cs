using DinOrleans.Datasets.Workbooks;

namespace DinOrleans.Datasets;

/// <summary>The sheets of a workbook that are read: all visible ones that have values, or the one that the format names.</summary>
internal sealed class ChosenSheets
{
    private readonly string _file;
    private readonly CsvFormat _format;
    private readonly FirstRow[] _sheets;

    /// <param name="workbook">The workbook.</param>
    /// <param name="file">The name of its file, for messages.</param>
    /// <param name="format">The sheet.</param>
    /// <exception cref="DatasetException">The workbook lacks the sheet.</exception>
    public ChosenSheets(ExcelWorkbook workbook, string file, CsvFormat format)
    {
        _file = file;
        _format = format;
        _sheets = [.. Choose(workbook.Sheets).Select(s => FirstRow.Of(workbook, s)).OfType<FirstRow>()];
    }

    /// <summary>The number of sheets.</summary>
    public int Count => _sheets.Length;

    /// <summary>The place of the header, for messages.</summary>
    public string HeaderPlace => _sheets.Length == 0 ? "row 1" : Describe(0, _sheets[0].Row);

    /// <summary>A sheet.</summary>
    public ExcelSheet this[int index] => _sheets[index].Sheet;

    /// <summary>The place of a row, for messages.</summary>
    /// <param name="index">The sheet.</param>
    /// <param name="row">The number of the row in the sheet, from 1.</param>
    public string Describe(int index, long row) => _sheets.Length == 1 ? $"row {row:D}" : $"sheet \"{this[index].Name}\" row {row:D}";

    /// <summary>The first row, which all sheets must have in common.</summary>
    /// <exception cref="DatasetException">No sheet has a value, or two sheets have different headers.</exception>
    public string[] Header()
    {
        if (_sheets.Length == 0)
        {
            throw new DatasetException($"{_file}: must have a header row, but {(_format.Sheet is { } sheet ? $"the sheet \"{sheet}\" is empty" : "its visible sheets are empty")}");
        }

        string[] header = _sheets[0].Fields;
        foreach (FirstRow other in _sheets.Skip(1))
        {
            for (int i = 0; i < Math.Max(header.Length, other.Fields.Length); i++)
            {
                if (Field(header, i) != Field(other.Fields, i))
                {
                    string advice = _format.SheetOptions.Length == 0 ? "" : $"; name the sheet that is meant with {_format.SheetOptions}";
                    throw new DatasetException(
                        $"{_file}: the sheets \"{this[0].Name}\" and \"{other.Sheet.Name}\" cannot be read one after the other, because their headers differ: "
                        + $"field {i + 1} is \"{Field(header, i)}\" and \"{Field(other.Fields, i)}\"{advice}");
                }
            }
        }

        return header;
    }

    private static string Field(string[] fields, int index) => index < fields.Length ? fields[index] : "";

    /// <summary>Programs keep in hidden sheets what is not a table, such as the values of drop-down lists.</summary>
    private IEnumerable<ExcelSheet> Choose(IReadOnlyList<ExcelSheet> sheets)
    {
        if (_format.Sheet is not { } name)
        {
            return sheets.Where(s => !s.IsHidden);
        }

        ExcelSheet? named = sheets.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return named is null ? throw new DatasetException($"{_file}: has no sheet \"{name}\"; its sheets are {string.Join(", ", sheets.Select(s => $"\"{s.Name}\""))}") : [named];
    }

    /// <summary>The first row of a sheet that has a value.</summary>
    private sealed record FirstRow(ExcelSheet Sheet, int Row, string[] Fields)
    {
        /// <summary>Reads the row. It is null if the sheet is empty.</summary>
        public static FirstRow? Of(ExcelWorkbook workbook, ExcelSheet sheet)
        {
            using SheetReader reader = workbook.Open(sheet);
            return reader.Read() ? new(sheet, reader.Row, [.. reader.Cells.Select(c => c.Text)]) : null;
        }
    }
}
