using DinOrleans.Contracts.Validation;

namespace DinOrleans.Datasets.Guesses;

/// <summary>Tells numbers from other texts.</summary>
internal static class NumberText
{
    /// <summary>True if a text is a number with a decimal point or a decimal comma.</summary>
    public static bool IsNumber(string text) => TryRead(text, hasComma: false, out _) || TryRead(text, hasComma: true, out _);

    /// <summary>Reads a number.</summary>
    /// <param name="text">The text.</param>
    /// <param name="hasComma">True if its decimals follow a comma.</param>
    /// <param name="number">The number.</param>
    public static bool TryRead(string text, bool hasComma, out double number)
    {
        string? plain = text;
        number = 0;
        if ((hasComma && !DecimalCommas.TryConvert(text, out plain)) || !InputRules.TryReadNumber(plain, out _))
        {
            return false;
        }

        // Times in milliseconds have more digits than a float keeps.
        return double.TryParse(plain, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out number);
    }
}
