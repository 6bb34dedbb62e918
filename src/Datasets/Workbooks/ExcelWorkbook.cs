using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace DinOrleans.Datasets.Workbooks;

/// <summary>A sheet of cells in a workbook.</summary>
/// <param name="Name">The name. A workbook does not have two that differ only in case.</param>
/// <param name="IsHidden">True if Excel does not show the sheet.</param>
/// <param name="Part">The cells.</param>
internal sealed record ExcelSheet(string Name, bool IsHidden, WorksheetPart Part);

/// <summary>An open workbook. In memory are its texts, each of which is there once, however many cells have it, and one row of a sheet.</summary>
internal sealed class ExcelWorkbook : IDisposable
{
    private readonly SpreadsheetDocument _document;
    private readonly CellReader _values;

    /// <param name="file">The workbook. It stays open.</param>
    /// <exception cref="InvalidDataException">The file has no workbook.</exception>
    public ExcelWorkbook(Stream file)
    {
        _document = SpreadsheetDocument.Open(file, isEditable: false);
        try
        {
            WorkbookPart part = _document.WorkbookPart ?? throw new InvalidDataException("The file has no workbook.");
            Workbook workbook = part.Workbook;
            Sheets = [.. (workbook.Sheets?.Elements<Sheet>() ?? []).Select(s => Find(part, s)).OfType<ExcelSheet>()];
            using Stream? texts = part.SharedStringTablePart?.GetStream(FileMode.Open, FileAccess.Read);
            _values = new(RichText.ReadAll(texts), DateFormats.OfStyles(part.WorkbookStylesPart?.Stylesheet), workbook.WorkbookProperties?.Date1904?.Value ?? false);
        }
        catch
        {
            _document.Dispose();
            throw;
        }
    }

    /// <summary>The sheets of cells in the order in which Excel shows them. Sheets of charts are left out.</summary>
    public IReadOnlyList<ExcelSheet> Sheets { get; }

    /// <summary>Opens a sheet.</summary>
    public SheetReader Open(ExcelSheet sheet) => new(sheet.Part.GetStream(FileMode.Open, FileAccess.Read), _values);

    /// <inheritdoc/>
    public void Dispose() => _document.Dispose();

    private static ExcelSheet? Find(WorkbookPart workbook, Sheet sheet) =>
        sheet.Id?.Value is { } id && workbook.GetPartById(id) is WorksheetPart part
            ? new(sheet.Name?.Value ?? "", sheet.State is { } state && state.Value != SheetStateValues.Visible, part)
            : null;
}
