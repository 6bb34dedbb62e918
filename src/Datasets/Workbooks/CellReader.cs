using System.Globalization;
using System.Xml;

namespace DinOrleans.Datasets.Workbooks;

/// <summary>Turns what a file has of a cell into its value.</summary>
/// <param name="texts">The shared texts.</param>
/// <param name="dateStyles">Says of each style of cells if it shows a date.</param>
/// <param name="isFrom1904">True if days are counted from 1904-01-01. They are counted from 1900-01-01 otherwise.</param>
internal sealed class CellReader(IReadOnlyList<string> texts, IReadOnlyList<bool> dateStyles, bool isFrom1904)
{
    /// <summary>The number of days from 1900 to 1904, which includes a 29 February 1900 that Excel has and the calendar does not.</summary>
    private const int DaysTo1904 = 1462;

    /// <summary>The day of that 29 February. Earlier days are counted one too low for the calendar.</summary>
    private const int FalseLeapDay = 60;

    /// <summary>The day after 9999-12-31, which is the last one of Excel and of .NET.</summary>
    private const int DayAfterLast = 2_958_466;

    /// <summary>A double keeps every whole number of so many digits.</summary>
    private const double MostWhole = 1e15;

    private static readonly string[] IsoFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd"];

    /// <summary>Reads a cell.</summary>
    /// <param name="type">The type, as the file has it. Null for a number.</param>
    /// <param name="style">The number of the style.</param>
    /// <param name="value">The value, as the file has it.</param>
    /// <exception cref="InvalidDataException">The cell names a text that the file does not have.</exception>
    public ExcelCell Read(string? type, int style, string value) => type switch
    {
        _ when value.Length == 0 => default,
        "s" => new(Shared(value)),
        "inlineStr" or "str" => new(Decode(value)),
        "b" => new(value is "1" or "true" ? "true" : "false"),
        // A formula that failed has no value.
        "e" => default,
        "d" => DateTime.TryParseExact(value, IsoFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time) ? Date(time) : new(value),
        _ => Number(style, value),
    };

    /// <summary>Control characters are written as <c>_x000D_</c>.</summary>
    public static string Decode(string text) => text.Contains("_x", StringComparison.Ordinal) ? XmlConvert.DecodeName(text) : text;

    private static ExcelCell Date(DateTime time) =>
        new(time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture), time);

    /// <summary>The digits of a whole number are kept, because ids may have more of them than a double. Others have as few digits as tell them apart.</summary>
    private static string NumberText(double number, string value) =>
        value.AsSpan(value[0] == '-' ? 1 : 0).ContainsAnyExceptInRange('0', '9')
            ? Math.Abs(number) < MostWhole && double.IsInteger(number) ? ((long)number).ToString(CultureInfo.InvariantCulture) : number.ToString(CultureInfo.InvariantCulture)
            : value;

    private string Shared(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < texts.Count
            ? texts[index]
            : throw new InvalidDataException($"The workbook has {texts.Count} shared texts, but a cell has that of number {value}.");

    private ExcelCell Number(int style, string value)
    {
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
        {
            return new(value);
        }

        bool isDate = style >= 0 && style < dateStyles.Count && dateStyles[style];
        return (isDate ? DateOf(number) : null) ?? new(NumberText(number, value), isNumber: true);
    }

    /// <summary>The date of a number of days, or the time of day of less than one day. Null if it is neither.</summary>
    private ExcelCell? DateOf(double days)
    {
        if (days is >= 0 and < 1)
        {
            return new(DateTime.FromOADate(days).ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture));
        }

        double since1900 = isFrom1904 ? days + DaysTo1904 : days < FalseLeapDay ? days + 1 : days;
        return days >= 1 && since1900 < DayAfterLast ? Date(DateTime.FromOADate(since1900)) : null;
    }
}
