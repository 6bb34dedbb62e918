using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using DinOrleans.Cli.Arguments;
using DinOrleans.Datasets.Import;

namespace DinOrleans.Cli.Imports;

/// <summary>The options of every import that say how files are read.</summary>
internal sealed class SourceArguments
{
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

    private readonly Option<string[]> _missing = new("--missing")
    {
        Description = "The texts that mean that a value is missing, besides an empty field, such as NULL and NA.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _sheet = new("--sheet")
    {
        Description = "The sheet of an Excel workbook that is read. By default all visible sheets that are not empty, one after the other, which must have the same header. For \"init\", it is of the first workbook.",
    };

    private readonly Option<TimeZoneInfo?> _timeZone = new("--time-zone")
    {
        Description = "The time zone of times that do not say theirs, such as Europe/Berlin. By default UTC. A local time that occurs twice is the first of the two, and one that does not exist is read in standard time.",
        CustomParser = ParseTimeZone,
    };

    /// <param name="command">The command that gets the options.</param>
    /// <param name="isDelimited">True if the files have delimited fields, so that the delimiter and the missing values may differ.</param>
    /// <param name="hasLocalTimes">True if times may be local.</param>
    /// <param name="hasSheets">True if a file may be a workbook.</param>
    public SourceArguments(Command command, bool isDelimited, bool hasLocalTimes = false, bool hasSheets = false)
    {
        IEnumerable<Option> options = [_encoding, _anyTime, .. Where(isDelimited, _delimiter, _missing), .. Where(hasLocalTimes, _timeZone), .. Where(hasSheets, _sheet)];
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads the options.</summary>
    public SourceOptions Read(ParseResult arguments) => new()
    {
        Encoding = arguments.GetValue(_encoding),
        Delimiter = arguments.GetResult(_delimiter) is null ? null : arguments.GetValue(_delimiter),
        AnyTime = arguments.GetValue(_anyTime),
        Missing = arguments.GetResult(_missing) is null ? [] : arguments.GetValue(_missing)!,
        Sheet = arguments.GetResult(_sheet) is null ? null : arguments.GetValue(_sheet),
        TimeZone = arguments.GetResult(_timeZone) is null ? null : arguments.GetValue(_timeZone),
    };

    private static Option[] Where(bool isThere, params Option[] options) => isThere ? options : [];

    private static Encoding? ParseEncoding(ArgumentResult result)
    {
        string name = result.Tokens[0].Value;
        if (TextEncodings.TryFind(name, out Encoding? encoding))
        {
            return encoding;
        }

        result.AddError($"--encoding \"{name}\" {TextEncodings.Rule}.");
        return null;
    }

    private static string? ParseDelimiter(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        string delimiter = Delimiters.Parse(text);
        if (Delimiters.IsValid(delimiter))
        {
            return delimiter;
        }

        result.AddError($"--delimiter must be 1 to {Delimiters.MaxLength} characters other than letters, digits, quotes and line ends, or the word tab, but is \"{text}\".");
        return null;
    }

    private static TimeZoneInfo? ParseTimeZone(ArgumentResult result)
    {
        if (TimeZones.TryFind(result.Tokens[0].Value, out TimeZoneInfo? zone, out string? rule))
        {
            return zone;
        }

        result.AddError($"--time-zone {rule}.");
        return null;
    }
}
