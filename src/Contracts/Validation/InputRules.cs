using System.Globalization;

namespace DinOrleans.Contracts.Validation;

/// <summary>
/// The rules of single values, which every input is checked by: REST, grain calls, importers, dataset files and what training reads from the stores.
/// A method that is called Check returns the broken rule in words that follow the name of the field, or null where the value is valid.
/// </summary>
public static class InputRules
{
    /// <summary>The rule of a numeric feature. Models compute in float32.</summary>
    public const string Number = "must be a finite number from -3.4e38 to 3.4e38";

    private const string Unicode = "must be valid Unicode";

    /// <summary>
    /// Checks an id of a user, item, event or ranking. A path cannot name "." or "..", and the key of a grain cannot be only white space, so such ids
    /// could never be read or erased.
    /// </summary>
    public static string? CheckId(string? id)
    {
        if (string.IsNullOrEmpty(id) || id.Length > InputLimits.IdLength)
        {
            return $"must be 1 to {InputLimits.IdLength} characters";
        }

        for (int i = 0; i < id.Length; i++)
        {
            if (char.IsControl(id[i]))
            {
                return "must not hold control characters";
            }
        }

        return string.IsNullOrWhiteSpace(id) ? "must not be only white space"
            : id is "." or ".." ? "must not be \".\" or \"..\""
            : IsUnicode(id) ? null
            : Unicode;
    }

    /// <summary>Checks a feature's value.</summary>
    /// <param name="value">The value in invariant notation. A missing value is left out of its map instead.</param>
    /// <param name="isNumeric">True for a feature that is a number.</param>
    public static string? CheckFeature(string? value, bool isNumeric)
    {
        if (value is null || value.Length > InputLimits.FeatureLength)
        {
            return $"must be at most {InputLimits.FeatureLength} characters";
        }

        if (isNumeric)
        {
            return TryReadNumber(value, out _) ? null : Number;
        }

        return IsUnicode(value) ? null : Unicode;
    }

    /// <summary>Reads a numeric feature in invariant notation, without thousands separators.</summary>
    /// <returns>False if the text is not a number, or if the number is not finite as float32.</returns>
    public static bool TryReadNumber(ReadOnlySpan<char> text, out float number) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && float.IsFinite(number);

    /// <summary>Checks the time of an event.</summary>
    /// <param name="time">When the event happened.</param>
    /// <param name="now">The current time of the server's clock.</param>
    public static string? CheckTime(DateTimeOffset time, DateTimeOffset now) =>
        time == default ? "must be given"
        : time > now + InputLimits.FutureTolerance ? $"must not lie more than {InputLimits.FutureTolerance.TotalMinutes:N0} minutes in the future"
        : time < InputLimits.Earliest ? $"must not lie before {InputLimits.Earliest:yyyy-MM-dd}"
        : null;

    private static bool IsUnicode(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                if (!char.IsSurrogatePair(text, i))
                {
                    return false;
                }

                i++;
            }
        }

        return true;
    }
}
