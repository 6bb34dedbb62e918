using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Spreadsheet;

namespace DinOrleans.Datasets.Workbooks;

/// <summary>
/// Tells dates from other numbers, which they are in a workbook: only the format in which a cell is shown says so. A duration, such as one of the format
/// <c>[h]:mm</c>, remains a number of days.
/// </summary>
internal static partial class DateFormats
{
    /// <summary>Says of each style of cells if it shows a date or a time of day.</summary>
    /// <param name="styles">The styles of a workbook. Null for none.</param>
    public static IReadOnlyList<bool> OfStyles(Stylesheet? styles)
    {
        var codes = new Dictionary<uint, string>();
        foreach (NumberingFormat format in styles?.NumberingFormats?.Elements<NumberingFormat>() ?? [])
        {
            codes[format.NumberFormatId?.Value ?? 0] = format.FormatCode?.Value ?? "";
        }

        return [.. (styles?.CellFormats?.Elements<CellFormat>() ?? []).Select(f => IsDate(f.NumberFormatId?.Value ?? 0))];

        bool IsDate(uint id) => codes.TryGetValue(id, out string? code) ? IsDateCode(code) : IsBuiltInDate(id);
    }

    /// <summary>True if a code such as <c>dd.mm.yyyy hh:mm</c> shows a date or a time of day.</summary>
    public static bool IsDateCode(string code)
    {
        string letters = NotShown().Replace(code, "").Split(';')[0].ToLowerInvariant();
        bool isElapsed = letters.Contains('[', StringComparison.Ordinal);

        // Minutes with seconds are a duration, and an m alone is a month.
        return !isElapsed && (letters.AsSpan().ContainsAny('y', 'd', 'h') || (letters.Contains('m', StringComparison.Ordinal) && !letters.Contains('s', StringComparison.Ordinal)));
    }

    /// <summary>The formats that a workbook uses without their codes: dates and times of day, then those of East Asian calendars.</summary>
    private static bool IsBuiltInDate(uint id) => id is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 50 and <= 58);

    /// <summary>Texts, escaped characters, widths of characters, and brackets other than those of elapsed hours, minutes or seconds.</summary>
    [GeneratedRegex("""
        "[^"]*"?|[\\_*].|\[(?!(h+|m+|s+)\])[^\]]*\]?
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex NotShown();
}
