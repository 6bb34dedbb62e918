using System.Text.RegularExpressions;
using DinOrleans.TestMachine;

namespace DinOrleans.Architecture.Tests.Docs;

/// <summary>A Markdown file of the repository.</summary>
/// <param name="path">Its path from the repository's root.</param>
internal sealed partial class MarkdownPage(string path)
{
    private readonly string _text = CodeBlock().Replace(File.ReadAllText(RepositoryFolder.Of(path)), "");

    /// <summary>The targets of links to files of the repository or to headings: a path from the repository's root, and an anchor or null.</summary>
    public IEnumerable<(string Path, string? Anchor)> Links => Link().Matches(CodeSpan().Replace(_text, ""))
        .Select(link => link.Groups["target"].Value)
        .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal))
        .Select(target => target.Split('#'))
        .Select(parts => (parts[0].Length == 0 ? path : Relative(parts[0]), parts.ElementAtOrDefault(1)));

    /// <summary>The anchors of the headings, as GitHub makes them: lower case, without punctuation, spaces as dashes.</summary>
    public IEnumerable<string> Anchors => Heading().Matches(_text)
        .Select(heading => NotInAnchors().Replace(heading.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    private string Relative(string target)
    {
        string folder = Path.GetDirectoryName(RepositoryFolder.Of(path))!;
        return Path.GetRelativePath(RepositoryFolder.Path, Path.GetFullPath(target, folder));
    }

    [GeneratedRegex("^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
