using System.Globalization;

namespace DinOrleans.Datasets.Import;

/// <summary>Reads fields of kinds that several sources have.</summary>
internal static class SourceFields
{
    private static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>Reads a whole number, which may be negative.</summary>
    /// <exception cref="DatasetException">The field is not a whole number of 64 bits.</exception>
    public static long WholeNumber(this DataTable table, int column, string rule = "must be a whole number") =>
        long.TryParse(table[column], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : throw table.Error(column, rule);

    /// <summary>Reads whole seconds since 1970.</summary>
    /// <exception cref="DatasetException">The field is not a whole number, or is negative or too large.</exception>
    public static DateTimeOffset UnixSeconds(this DataTable table, int column)
    {
        const string Rule = "must be seconds since 1970, a whole number";
        long seconds = table.WholeNumber(column, Rule);
        return seconds >= 0 && seconds <= LastSecond ? DateTimeOffset.FromUnixTimeSeconds(seconds) : throw table.Error(column, Rule);
    }

    /// <summary>Reads one of some given texts.</summary>
    /// <exception cref="DatasetException">The field is none of them.</exception>
    public static string OneOf(this DataTable table, int column, string[] values)
    {
        string text = table[column];
        int index = Array.IndexOf(values, text);
        return index >= 0 ? values[index] : throw table.Error(column, $"must be one of {string.Join(", ", values)}");
    }

    /// <summary>The line of the current row as an id, which is unique in its file.</summary>
    public static string LineId(this DataTable table) => table.Line.ToString(CultureInfo.InvariantCulture);
}
