using System.CommandLine;
using DinOrleans.Training.Cli;

var root = new RootCommand("Imports data, trains models and evaluates them.")
{
    ImportCommand.Create(),
    TrainCommand.Create(),
    CompareCommand.Create(),
    SampleShopCommand.Create(),
    EvaluateCommand.Create(),
    ItemVectorsCommand.Create(),
};
return await root.Parse(args).InvokeAsync().ConfigureAwait(false);
