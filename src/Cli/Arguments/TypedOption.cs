using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace DinOrleans.Cli.Arguments;

/// <summary>
/// Makes options whose values are not text. Numbers are read in the same way on every machine, with a decimal point and without separators of
/// thousands, so that <c>0,004</c> does not become 4. A wrong value is refused in one plain sentence.
/// </summary>
internal static class TypedOption
{
    private const NumberStyles Real = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Makes an option that is a whole number in a range.</summary>
    public static Option<int> Whole(string name, string description, int least, int most, int value) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => value,
        CustomParser = result => Parse(result, least, most) ?? 0,
    };

    /// <summary>Makes an option that is a whole number in a range, or null if it is not given.</summary>
    public static Option<int?> Whole(string name, string description, int least, int most) => new(name)
    {
        Description = description,
        CustomParser = result => Parse(result, least, most),
    };

    /// <summary>Makes an option that is a number in a range.</summary>
    public static Option<double> Number(string name, string description, double least, double most, double value) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => value,
        CustomParser = result => Parse(result, least, most, isOpen: false) ?? 0,
    };

    /// <summary>Makes an option that is a number in a range, or null if it is not given.</summary>
    public static Option<double?> Number(string name, string description, double least, double most) => new(name)
    {
        Description = description,
        CustomParser = result => Parse(result, least, most, isOpen: false),
    };

    /// <summary>Makes an option that is a number above 0, or null if it is not given.</summary>
    public static Option<double?> Positive(string name, string description, double most) => new(name)
    {
        Description = description,
        CustomParser = result => Parse(result, 0, most, isOpen: true),
    };

    /// <summary>Makes an option that is one of the names of an enumeration, in upper or lower case.</summary>
    public static Option<T> Name<T>(string name, string description, T value)
        where T : struct, Enum => new(name)
        {
            Description = $"{description} {string.Join(", ", Enum.GetNames<T>())}.",
            DefaultValueFactory = _ => value,
            CustomParser = result => Parse<T>(result) ?? value,
        };

    /// <summary>Makes an option that is one of the names of an enumeration, in upper or lower case, or null if it is not given.</summary>
    public static Option<T?> Name<T>(string name, string description)
        where T : struct, Enum
    {
        var option = new Option<T?>(name)
        {
            Description = $"{description} {string.Join(", ", Enum.GetNames<T>())}.",
            CustomParser = Parse<T>,
        };
        option.CompletionSources.Add(Enum.GetNames<T>());
        return option;
    }

    /// <summary>Makes an option without a value.</summary>
    public static Option<bool> Flag(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.Zero };

    private static T? Parse<T>(ArgumentResult result)
        where T : struct, Enum
    {
        string text = Text(result);
        if (Enum.GetNames<T>().FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return Enum.Parse<T>(known);
        }

        result.AddError($"{Owner(result)} must be one of {string.Join(", ", Enum.GetNames<T>())}, but is \"{text}\".");
        return null;
    }

    private static int? Parse(ArgumentResult result, int least, int most)
    {
        string text = Text(result);
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most)
        {
            return number;
        }

        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{Owner(result)} must be a whole number, {least} to {most}, but is \"{text}\"."));
        return null;
    }

    private static double? Parse(ArgumentResult result, double least, double most, bool isOpen)
    {
        string text = Text(result);
        if (double.TryParse(text, Real, CultureInfo.InvariantCulture, out double number) && (isOpen ? number > least : number >= least) && number <= most)
        {
            return number;
        }

        string range = isOpen ? $"above {Plain(least)} and at most {Plain(most)}" : $"{Plain(least)} to {Plain(most)}";
        result.AddError($"{Owner(result)} must be a number, {range}, written with a decimal point, but is \"{text}\".");
        return null;
    }

    private static string Plain(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(ArgumentResult result) => string.Join(' ', result.Tokens.Select(t => t.Value));

    private static string Owner(ArgumentResult result) => result.Parent is OptionResult option ? option.Option.Name : result.Argument.Name;
}
