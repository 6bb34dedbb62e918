namespace DinOrleans.Datasets;

/// <summary>Opens files as rows. Their names say in which format they are.</summary>
internal static class RowSources
{
    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">How a text with delimited fields is read, and which sheet of a workbook.</param>
    /// <exception cref="DatasetException">The file is missing or cannot be read, or a sheet is named although the file has none.</exception>
    public static IRowSource Open(string path, CsvFormat format)
    {
        string file = Path.GetFileName(path);
        if (WorkbookFile.IsWorkbook(path))
        {
            return new WorkbookRows(path, format);
        }

        RequireNoSheet(path, format.Sheet);
        string advice = format.HasOptions ? DataTable.EncodingAdvice : ", as the files of a dataset must be";
        return DataFile.IsParquet(path) ? new ParquetRows(path) : new CsvRows(new SourceText(path, format.Encoding, advice), file, format);
    }

    /// <summary>Refuses a sheet of a file that has none.</summary>
    /// <exception cref="DatasetException">A sheet is named.</exception>
    public static void RequireNoSheet(string path, string? sheet)
    {
        if (sheet is not null)
        {
            throw new DatasetException($"{Path.GetFileName(path)}: has no sheet \"{sheet}\", because only files whose names end in .xlsx or .xlsm have sheets");
        }
    }
}
