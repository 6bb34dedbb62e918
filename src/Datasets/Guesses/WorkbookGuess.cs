using DinOrleans.Datasets.Import.Plans;

namespace DinOrleans.Datasets.Guesses;

/// <summary>Guesses if the first row of a workbook's sheets has the names of the columns.</summary>
internal static class WorkbookGuess
{
    /// <summary>Without a header, nothing says how many columns there are, and the last field of the first row may be empty.</summary>
    private const int Rows = 200;

    /// <summary>Makes a guess.</summary>
    /// <param name="path">The workbook.</param>
    /// <param name="stated">What a person said.</param>
    /// <param name="findings">Takes a sentence about the guess.</param>
    /// <exception cref="DatasetException">The file cannot be read, is empty, or lacks the sheet.</exception>
    public static PlanFile Of(string path, PlanChanges stated, ICollection<string> findings)
    {
        string name = Path.GetFileName(path);
        var file = new PlanFile { Path = path, Sheet = stated.Source.Sheet };
        using var rows = new WorkbookRows(path, PlanFormat.Of(file with { Columns = [] }, new()));
        string[]? first = null;
        int width = 0;
        for (int i = 0; i < Rows && rows.Read(); i++)
        {
            first ??= [.. Enumerable.Range(0, rows.Count).Select(column => rows[column])];
            width = Math.Max(width, rows.Count);
        }

        if (first is null)
        {
            throw new DatasetException($"{name}: {(file.Sheet is { } sheet ? $"the sheet \"{sheet}\" is empty" : "its visible sheets are empty")}");
        }

        HeaderGuess header = HeaderGuess.Of(name, first, width, stated.Columns);
        string sheets = string.Join(", ", rows.Sheets.Select(s => $"\"{s}\""));
        string which = rows.Sheets.Count == 1 ? $"the sheet {sheets} is" : $"the sheets {sheets} are";
        findings.Add($"{name} is an Excel workbook, of which {which} read, and the first row {header.Finding} (--sheet, --columns).");
        return file with { Columns = header.Columns };
    }
}
