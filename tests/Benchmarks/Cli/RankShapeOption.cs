using System.CommandLine;
using System.CommandLine.Parsing;

namespace DinOrleans.Benchmarks.Cli;

/// <summary>The option <c>--shape</c>.</summary>
internal static class RankShapeOption
{
    public static Option<RankShape[]> Create() => new("--shape")
    {
        Description = "Candidates x behaviours, for example 100x50; again for more. Default: the published ones.",
        CustomParser = Read,
    };

    /// <summary>The shapes asked for, or the published ones.</summary>
    public static IReadOnlyList<RankShape> Choose(ParseResult arguments, Option<RankShape[]> option) =>
        arguments.GetValue(option) is { Length: > 0 } some ? some : RankShape.Published;

    private static RankShape[] Read(ArgumentResult result)
    {
        try
        {
            return [.. result.Tokens.Select(t => RankShape.Parse(t.Value))];
        }
        catch (ArgumentException e)
        {
            result.AddError(e.Message);
            return [];
        }
    }
}
