using System.Globalization;

namespace DinOrleans.Datasets.Import;

/// <summary>Fields as several sources have them.</summary>
internal static class SourceFields
{
    private static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>A whole number, negative ones among them.</summary>
    /// <exception cref="DatasetException">It is none, or no 64-bit one.</exception>
    public static long WholeNumber(this CsvTable table, int column, string rule = "must be a whole number") =>
        long.TryParse(table[column], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : throw table.Error(column, rule);

    /// <summary>Whole seconds since 1970.</summary>
    /// <exception cref="DatasetException">It is none, or before 1970.</exception>
    public static DateTimeOffset UnixSeconds(this CsvTable table, int column)
    {
        const string Rule = "must be seconds since 1970, a whole number";
        long seconds = table.WholeNumber(column, Rule);
        return seconds >= 0 && seconds <= LastSecond ? DateTimeOffset.FromUnixTimeSeconds(seconds) : throw table.Error(column, Rule);
    }

    /// <summary>One of some short texts.</summary>
    /// <exception cref="DatasetException">It is none of them.</exception>
    public static string OneOf(this CsvTable table, int column, string[] values)
    {
        string text = table[column];
        int index = Array.IndexOf(values, text);
        return index >= 0 ? values[index] : throw table.Error(column, $"must be one of {string.Join(", ", values)}");
    }

    /// <summary>The number of the current row as an id: unique in its file.</summary>
    public static string LineId(this CsvTable table) => table.Line.ToString(CultureInfo.InvariantCulture);
}
