using System.CommandLine;

namespace DinOrleans.Cli;

/// <summary>The commands of the program.</summary>
internal static class CommandLine
{
    /// <summary>An argument <c>@FILE</c> is left to the option that it is given to, rather than taken for a file of arguments.</summary>
    private static readonly ParserConfiguration Configuration = new() { ResponseFileTokenReplacer = null };

    public static ParseResult Parse(string[] arguments) => new RootCommand("Imports data, trains models, evaluates them, and lets simulated shoppers use a server.")
    {
        ImportCommand.Create(),
        SampleShopCommand.Create(),
        TrainCommand.Create(),
        EvaluateCommand.Create(),
        ItemVectorsCommand.Create(),
        CompareCommand.Create(),
        ShoppersCommand.Create(),
    }.Parse(arguments, Configuration);
}
