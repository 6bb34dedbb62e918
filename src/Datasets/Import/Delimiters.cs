namespace DinOrleans.Datasets.Import;

/// <summary>The rule of the text between two fields.</summary>
public static class Delimiters
{
    /// <summary>The largest number of characters.</summary>
    public const int MaxLength = 8;

    /// <summary>The delimiter that a person means, where "tab" stands for a tab.</summary>
    public static string Parse(string text) => text is "tab" or @"\t" ? "\t" : text;

    /// <summary>The form that <see cref="Parse"/> reads, which can be seen.</summary>
    public static string Show(string delimiter) => delimiter == "\t" ? "tab" : delimiter;

    /// <summary>True if a text can be a delimiter: 1 to 8 characters, none of them a letter, digit, quote or line end.</summary>
    public static bool IsValid(string delimiter) =>
        delimiter.Length is >= 1 and <= MaxLength && !delimiter.Any(c => char.IsAsciiLetterOrDigit(c) || c is '"' or '\r' or '\n' or '\0');
}
