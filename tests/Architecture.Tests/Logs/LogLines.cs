using System.Text.RegularExpressions;
using DinOrleans.TestMachine;

namespace DinOrleans.Architecture.Tests.Logs;

/// <summary>A source-generated log line.</summary>
/// <param name="File">The file that declares it.</param>
/// <param name="Attribute">The arguments of its attribute.</param>
/// <param name="Parameters">The parameters of its method.</param>
internal sealed partial record LogLine(string File, string Attribute, string Parameters)
{
    /// <summary>Its level; null where the caller gives it.</summary>
    public string? Level => LevelOf().Match(Attribute) is { Success: true } level ? level.Groups["level"].Value : null;

    /// <summary>Its number; null where the generator makes one.</summary>
    public int? EventId => IdOf().Match(Attribute) is { Success: true } id ? int.Parse(id.Groups["id"].Value, System.Globalization.CultureInfo.InvariantCulture) : null;

    /// <summary>True where the line is for people who look for a fault and not for everyday operation.</summary>
    public bool IsForDebugging => Level is "Debug" or "Trace";

    /// <summary>All log lines of the programs.</summary>
    public static LogLine[] All() =>
    [
        .. from file in Directory.EnumerateFiles(RepositoryFolder.Of("src"), "*.cs", SearchOption.AllDirectories)
           let path = Path.GetRelativePath(RepositoryFolder.Path, file).Replace('\\', '/')
           where !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
           from line in Of(path, System.IO.File.ReadAllText(file))
           select line,
    ];

    /// <summary>The log lines of a source text.</summary>
    public static IEnumerable<LogLine> Of(string file, string source) =>
        Declaration().Matches(source).Select(m => new LogLine(file, m.Groups["attribute"].Value, m.Groups["parameters"].Value));

    [GeneratedRegex("""\[LoggerMessage\((?<attribute>(?:[^"\]]|"(?:[^"\\]|\\.)*")*)\)\]\s*(?:\w+ )+partial void \w+\((?<parameters>[^)]*)\)""")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"LogLevel\.(?<level>\w+)")]
    private static partial Regex LevelOf();

    [GeneratedRegex(@"EventId = (?<id>\d+)")]
    private static partial Regex IdOf();
}
