using System.Text.RegularExpressions;

namespace DinOrleans.Architecture.Tests.ConsoleSources;

/// <summary>A record that a TypeScript source declares by hand: an interface, or a type of members in braces.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Members">The names of its members, without those of records inside of it.</param>
internal sealed partial record TypeScriptRecord(string Name, IReadOnlyList<string> Members)
{
    /// <summary>The records of a source text. Types inside of functions and parameters have no name and do not count.</summary>
    public static IEnumerable<TypeScriptRecord> Of(string source)
    {
        string code = Comment().Replace(source, "");
        return Declaration().Matches(code).Select(d => new TypeScriptRecord(
            d.Groups["name"].Value, [.. Member().Matches(Outermost(code[(d.Index + d.Length)..])).Select(m => m.Groups["name"].Value)]));
    }

    /// <summary>The text up to the brace that closes a record, without what is in further brackets.</summary>
    private static string Outermost(string text)
    {
        int depth = 0;
        int end = 0;
        while (end < text.Length && (depth > 0 || text[end] != '}'))
        {
            depth += text[end] is '{' or '(' or '[' ? 1 : text[end] is '}' or ')' or ']' ? -1 : 0;
            end++;
        }

        string body = text[..end];
        for (string before = ""; before != body;)
        {
            before = body;
            body = Brackets().Replace(body, "");
        }

        return body;
    }

    [GeneratedRegex(@"(?<![:'])//[^\n]*|/\*[\s\S]*?\*/")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b(interface (?<name>\w+)[^{=]*|type (?<name>\w+)[^=;]*=\s*)\{")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\{[^{}()\[\]]*\}|\([^{}()\[\]]*\)|\[[^{}()\[\]]*\]")]
    private static partial Regex Brackets();

    [GeneratedRegex(@"(?:^|[;,\n])\s*(?:readonly\s+)?(?<name>\w+)\??\s*:")]
    private static partial Regex Member();
}
