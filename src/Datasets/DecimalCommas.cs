using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace DinOrleans.Datasets;

/// <summary>Reads numbers such as <c>1.234,56</c>, as many countries write them.</summary>
internal static partial class DecimalCommas
{
    public const string Rule = "must be a number with a decimal comma, and with points only between groups of three digits, such as 1.234,56";

    /// <summary>Converts a number to the form with a decimal point and without separators of thousands.</summary>
    /// <returns>False if the text is not such a number.</returns>
    public static bool TryConvert(string text, [NotNullWhen(true)] out string? number)
    {
        number = Pattern().IsMatch(text) ? text.Replace(".", "", StringComparison.Ordinal).Replace(',', '.') : null;
        return number is not null;
    }

    [GeneratedRegex(@"^[+-]?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+)(,[0-9]+)?([eE][+-]?[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
