using System.CommandLine;
using DinOrleans.Cli.Arguments;
using DinOrleans.Datasets.Import.Plans;

namespace DinOrleans.Cli.Imports;

/// <summary>The options that say what becomes of columns of lists.</summary>
internal sealed class ListArguments
{
    private readonly Option<int?> _parts = TypedOption.Whole("--list-parts", "The number of parts of a list that are kept, by default 3.", 1, ImportPlan.MostListParts);
    private readonly Option<string[]> _split = new("--split-list")
    {
        Description = "The columns of lists whose parts become features of their own, such as genres_1, genres_2 and genres_3, instead of one value.",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>The options.</summary>
    public IReadOnlyList<Option> Options => [_parts, _split];

    /// <summary>Adds what the options say to what else a person says.</summary>
    public PlanChanges Read(ParseResult arguments, PlanChanges changes) =>
        changes with { ListParts = arguments.GetValue(_parts), SplitLists = arguments.GetValue(_split) ?? [] };
}
