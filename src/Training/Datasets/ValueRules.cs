using System.Globalization;
using DinOrleans.Contracts.Validation;

namespace DinOrleans.Training.Datasets;

/// <summary>The rules of single values in files: what passes here is what the API takes, so that whatever is imported can be ranked, read and erased.</summary>
internal static class ValueRules
{
    /// <summary>The rule that an id of a user, item, event or ranking breaks; null where it is valid.</summary>
    public static string? Id(string id)
    {
        if (id.Length is 0 or > InputLimits.IdLength)
        {
            return $"must be 1 to {InputLimits.IdLength} characters";
        }

        if (string.IsNullOrWhiteSpace(id))
        {
            return "must not be blank";
        }

        if (id is "." or "..")
        {
            return "must not be \".\" or \"..\", which no address can name";
        }

        return id.Any(char.IsControl) ? "must not hold control characters, such as tabs and line ends"
            : IsUnicode(id) ? null
            : "must be valid Unicode";
    }

    /// <summary>The rule that the value of an id-like feature breaks; null where it is valid.</summary>
    public static string? Feature(string value) =>
        value.Length > InputLimits.FeatureLength ? $"must be at most {InputLimits.FeatureLength} characters"
            : value.Contains('\0', StringComparison.Ordinal) ? "must not hold the character U+0000"
            : IsUnicode(value) ? null
            : "must be valid Unicode";

    /// <summary>The rule that a number breaks, written with a point and without separators of thousands; null where it is valid.</summary>
    public static string? Number(string value) =>
        value.Length > InputLimits.FeatureLength ? $"must be at most {InputLimits.FeatureLength} characters"
            : float.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) && float.IsFinite(number) ? null
            : "must be a finite number";

    private static bool IsUnicode(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !char.IsSurrogatePair(text, i++))
            {
                return false;
            }
        }

        return true;
    }
}
