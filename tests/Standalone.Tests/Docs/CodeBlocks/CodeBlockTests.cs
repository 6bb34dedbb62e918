using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace DinOrleans.Standalone.Tests.Docs.CodeBlocks;

/// <summary>Every block of the documentation is of a language that is checked. What is not to be checked is of the language "text".</summary>
public sealed class CodeBlockTests
{
    /// <summary>
    /// The languages, with what is wrong with a block; null where nothing is. FollowedPageTests runs http, and bash of pages to follow. The
    /// clients in Python and TypeScript have tests of their own, which run or compile the programs of their READMEs.
    /// </summary>
    private static readonly Dictionary<string, Func<string, string?>> Languages = new()
    {
        ["bash"] = text => string.Join(' ', ShellScript.Commands(text).Select(CommandRules.Problem).Where(problem => problem is not null)) is { Length: > 0 } problems ? problems : null,
        ["csharp"] = text => CSharpBlock.Errors(text) is { Length: > 0 } errors ? string.Join('\n', errors) : null,
        ["http"] = text => Exchange.Problem(text),
        ["json"] = JsonProblem,
        ["mermaid"] = text => null,
        ["python"] = text => null,
        ["text"] = text => null,
        ["ts"] = text => null,
        ["yaml"] = YamlProblem,
    };

    public static TheoryData<string> Pages => [.. DocPages.All];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Blocks_OfAPage_AreRightAsFarAsTheyCanBeReadWithoutAServer(string page)
    {
        string problems = string.Join('\n', CodeBlock.Read(page)
            .Select(block => (block, Problem: Languages.TryGetValue(block.Language, out Func<string, string?>? check)
                ? check(block.Text)
                : $"the language \"{block.Language}\" is none of {string.Join(", ", Languages.Keys)}: one of these must stand behind the fence"))
            .Where(b => b.Problem is not null)
            .Select(b => $"{b.block}: {b.Problem}"));
        Assert.True(problems.Length == 0, problems);
    }

    private static string? JsonProblem(string text)
    {
        try
        {
            DocJson.Parse(text);
            return null;
        }
        catch (JsonException e)
        {
            return e.Message;
        }
    }

    private static string? YamlProblem(string text)
    {
        try
        {
            new YamlStream().Load(new StringReader(text));
            return null;
        }
        catch (YamlDotNet.Core.YamlException e)
        {
            return e.Message;
        }
    }
}
