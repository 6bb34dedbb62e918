using System.CommandLine;
using System.CommandLine.Parsing;

namespace DinOrleans.Cli.Imports;

/// <summary>Makes options whose values are columns.</summary>
internal static class ColumnOptions
{
    public static Option<string?> Text(string name, string description) => new(name) { Description = description };

    public static Option<string[]> Names(string name, string description) => new(name) { Description = description, AllowMultipleArgumentsPerToken = true };

    public static Option<Dictionary<string, string>> Pairs(string name, string description) => new(name)
    {
        Description = description,
        AllowMultipleArgumentsPerToken = true,
        CustomParser = ParsePairs,
    };

    private static Dictionary<string, string> ParsePairs(ArgumentResult result)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string text in result.Tokens.Select(t => t.Value))
        {
            int equals = text.LastIndexOf('=');
            if (equals <= 0 || equals == text.Length - 1 || !pairs.TryAdd(text[..equals], text[(equals + 1)..]))
            {
                string name = result.Parent is OptionResult option ? option.Option.Name : result.Argument.Name;
                result.AddError($"{name} must be COLUMN=TEXT, with each column once, but is \"{text}\".");
            }
        }

        return pairs;
    }
}
