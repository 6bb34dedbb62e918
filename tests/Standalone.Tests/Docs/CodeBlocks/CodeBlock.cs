using System.Text.RegularExpressions;
using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests.Docs.CodeBlocks;

/// <summary>A fenced block of a Markdown page.</summary>
/// <param name="Page">The path of the page from the repository's root.</param>
/// <param name="Line">The line of the fence that opens it, from 1.</param>
/// <param name="Language">What is written behind that fence.</param>
/// <param name="Text">What is between the fences.</param>
internal sealed partial record CodeBlock(string Page, int Line, string Language, string Text)
{
    /// <summary>The blocks of a page in their order.</summary>
    public static IReadOnlyList<CodeBlock> Read(string page)
    {
        string text = File.ReadAllText(RepositoryFolder.Of(page));
        return [.. Fenced().Matches(text).Select(m => new CodeBlock(page, text.AsSpan(0, m.Index).Count('\n') + 1, m.Groups["language"].Value.Trim(), m.Groups["text"].Value))];
    }

    public override string ToString() => $"{Page}:{Line}";

    [GeneratedRegex(@"^(?<indent>[ \t]*)```(?<language>[^\n`]*)\n(?<text>.*?)^\k<indent>```[ \t]*$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fenced();
}
