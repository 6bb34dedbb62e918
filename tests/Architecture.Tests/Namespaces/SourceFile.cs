using System.Text.RegularExpressions;

namespace DinOrleans.Architecture.Tests.Namespaces;

/// <summary>What one source file declares and mentions. Comments and texts in quotes do not count.</summary>
internal sealed partial class SourceFile
{
    private readonly string _code;
    private readonly HashSet<string> _words;

    /// <param name="path">The path, which failures name.</param>
    /// <param name="text">The file's text.</param>
    public SourceFile(string path, string text)
    {
        Path = path;
        _code = Comment().Replace(text, match => match.Value[0] == '/' ? " " : "\"\"");
        _words = [.. Word().Matches(_code).Select(w => w.Value)];
        Namespace = Declaration().Match(_code) is { Success: true } match ? match.Groups["name"].Value : "";
        Types = Type().Matches(_code).Select(t => t.Groups["name"].Value).ToHashSet();
        Usings = [.. Using().Matches(_code).Select(u => u.Groups["name"].Value)];
    }

    public string Path { get; }

    /// <summary>The namespace of the file; empty for top-level statements.</summary>
    public string Namespace { get; }

    /// <summary>The names of the types that the file declares outside of other types.</summary>
    public IReadOnlySet<string> Types { get; }

    /// <summary>The namespaces, and the types behind <c>using static</c> and aliases, that the file imports.</summary>
    private string[] Usings { get; }

    /// <summary>True if the file uses something of a namespace: by a using, as a namespace around its own, or by a qualified name.</summary>
    /// <param name="other">The other namespace.</param>
    /// <param name="types">The names of the types of that namespace.</param>
    public bool RefersTo(string other, IReadOnlySet<string> types) =>
        Usings.Any(u => u == other || (u.StartsWith(other + ".", StringComparison.Ordinal) && types.Contains(u[(other.Length + 1)..])))
        || (Namespace.StartsWith(other + ".", StringComparison.Ordinal) && _words.Overlaps(types))
        || NamesQualified(other, types);

    /// <summary>A name may be qualified by the last parts of a namespace, since the parts before are those around the file.</summary>
    private bool NamesQualified(string other, IReadOnlySet<string> types)
    {
        string last = other[(other.LastIndexOf('.') + 1)..];
        return _words.Contains(last) && Regex.Matches(_code, $@"(?<!\w){last}\.(?<name>\w+)").Any(m => types.Contains(m.Groups["name"].Value));
    }

    [GeneratedRegex("""//[^\n]*|/\*[\s\S]*?\*/|(?<quotes>"{3,})[\s\S]*?\k<quotes>|@\$?"(?:[^"]|"")*"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'""")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^(?:[a-z]+ )*(?:class|struct|interface|enum|record(?: class| struct)?) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Type();

    [GeneratedRegex(@"^using (?:static )?(?:\w+ = )?(?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();
}
