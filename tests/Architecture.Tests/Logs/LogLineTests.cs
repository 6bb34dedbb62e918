using System.Text.RegularExpressions;
using DinOrleans.TestMachine;

namespace DinOrleans.Architecture.Tests.Logs;

/// <summary>Log lines have no user ids above Debug, and those that an operator looks for have a number that stays.</summary>
public sealed partial class LogLineTests
{
    private static readonly LogLine[] Lines = LogLine.All();

    /// <summary>Lines of the client are in the logs of other programs, whose operators do not have our page.</summary>
    private static IEnumerable<LogLine> OfOurPrograms => Lines.Where(l => !l.File.Replace('\\', '/').Contains("/Client/", StringComparison.Ordinal));

    [Fact]
    public void All_OfTheSources_AreFound()
    {
        int declared = Directory.EnumerateFiles(RepositoryFolder.Of("src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Replace('\\', '/').Contains("/obj/", StringComparison.Ordinal))
            .Sum(f => Regex.Count(File.ReadAllText(f), @"\[LoggerMessage\("));
        Assert.Equal(declared, Lines.Length);
    }

    [Fact]
    public void Parameters_AboveDebug_AreNotOfUsers() => Assert.DoesNotContain(Lines, l => !l.IsForDebugging && NamesUsers(l));

    [Theory]
    [InlineData("Warning", "{User} failed", "string user", true)]
    [InlineData("Information", "{Id} is gone", "string userId, int id", true)]
    [InlineData("Error", "{Path} failed", "string path", true)]
    [InlineData("Debug", "{User} failed", "string user", false)]
    [InlineData("Error", "{Users} users failed", "int users", false)]
    public void Parameters_OfALine_AreJudgedByTheirNames(string level, string message, string parameters, bool isRefused)
    {
        LogLine line = Assert.Single(LogLine.Of("one.cs", $"[LoggerMessage(Level = LogLevel.{level}, Message = \"{message}\")]\n    private partial void LogIt({parameters});"));
        Assert.Equal(isRefused, !line.IsForDebugging && NamesUsers(line));
    }

    [Fact]
    public void EventIds_AreUniqueAndOnTheOperationPage()
    {
        int[] ids = [.. OfOurPrograms.Select(l => l.EventId).OfType<int>().Order()];
        Assert.Equal(ids.Distinct(), ids);
        Assert.Equal(DocumentedId().Matches(File.ReadAllText(RepositoryFolder.Of("docs/operation.md"))).Select(m => int.Parse(m.Groups["id"].Value, System.Globalization.CultureInfo.InvariantCulture)).Order(), ids);
    }

    [Fact]
    public void Errors_HaveANumber() => Assert.DoesNotContain(OfOurPrograms, l => l.Level is "Error" or "Critical" && l.EventId is null);

    /// <summary>True where a parameter is a user, an id of one, or a path, which may have one.</summary>
    private static bool NamesUsers(LogLine line) => UserParameter().IsMatch(line.Parameters);

    [GeneratedRegex(@"\b(string|object|GrainId|PathString)\??\s+(user|userId|userKey|path|url|grainId|grainKey)\b", RegexOptions.IgnoreCase)]
    private static partial Regex UserParameter();

    [GeneratedRegex(@"^\| (?<id>\d{3}) \|", RegexOptions.Multiline)]
    private static partial Regex DocumentedId();
}
