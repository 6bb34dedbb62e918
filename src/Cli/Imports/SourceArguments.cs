using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using DinOrleans.Cli.Arguments;
using DinOrleans.Datasets.Import;

namespace DinOrleans.Cli.Imports;

/// <summary>The options of every import that say how files are read.</summary>
internal sealed class SourceArguments
{
    private const int MaxDelimiterLength = 8;

    private readonly Option<Encoding?> _encoding = new("--encoding")
    {
        Description = "The encoding of the files, such as latin1, windows-1252, utf-16 or shift_jis. A byte order mark takes precedence.",
        CustomParser = ParseEncoding,
    };

    private readonly Option<string?> _delimiter = new("--delimiter")
    {
        Description = "The text between two fields, such as \";\" or tab.",
        CustomParser = ParseDelimiter,
    };

    private readonly Option<bool> _anyTime = TypedOption.Flag("--any-time", "Accepts events before 1995 and in the future. They are refused otherwise, because a wrong unit of time is their usual cause.");

    /// <param name="command">The command that gets the options.</param>
    /// <param name="isDelimited">True if the files have delimited fields, so that the delimiter may differ.</param>
    public SourceArguments(Command command, bool isDelimited)
    {
        command.Options.Add(_encoding);
        command.Options.Add(_anyTime);
        if (isDelimited)
        {
            command.Options.Add(_delimiter);
        }
    }

    /// <summary>Reads the options.</summary>
    public SourceOptions Read(ParseResult arguments) => new()
    {
        Encoding = arguments.GetValue(_encoding),
        Delimiter = arguments.GetResult(_delimiter) is null ? null : arguments.GetValue(_delimiter),
        AnyTime = arguments.GetValue(_anyTime),
    };

    private static Encoding? ParseEncoding(ArgumentResult result)
    {
        string name = result.Tokens[0].Value;
        try
        {
            // The provider knows the encodings that are not built in, and returns null for those that are.
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            result.AddError($"--encoding \"{name}\" is not known; known are utf-8, latin1, windows-1252, utf-16, shift_jis, gb18030 and others.");
            return null;
        }
    }

    private static string? ParseDelimiter(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        string delimiter = text is "tab" or @"\t" ? "\t" : text;
        if (delimiter.Length is >= 1 and <= MaxDelimiterLength && !delimiter.Any(c => char.IsAsciiLetterOrDigit(c) || c is '"' or '\r' or '\n' or '\0'))
        {
            return delimiter;
        }

        result.AddError($"--delimiter must be 1 to {MaxDelimiterLength} characters other than letters, digits, quotes and line ends, or the word tab, but is \"{text}\".");
        return null;
    }
}
