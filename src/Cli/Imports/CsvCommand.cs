using System.CommandLine;
using DinOrleans.Datasets.Import.Plans;

namespace DinOrleans.Cli.Imports;

/// <summary>The command <c>import csv</c>, which imports files of one's own.</summary>
internal static class CsvCommand
{
    public static Command Create()
    {
        var defaults = new ImportPlan();
        Argument<string> file = ImportArguments.File("The file of events: CSV or another text with delimited fields, plain or .gz, or Parquet.");
        Option<string> output = ImportArguments.Output();
        var command = new Command(
            "csv",
            "Your own files, whose columns the options name: a file of events and, optionally, of items and of users. \"init\" guesses what is not said. "
            + "Example: dinorleans import csv orders.csv --delimiter \";\" --user-column customer --item-column sku --timestamp-column day --timestamp-format dd.MM.yyyy --out shop")
        {
            file, output,
        };
        var plan = new PlanArguments(command, defaults);
        command.SetAction((arguments, cancellationToken) => ImportArguments.RunAsync(
            () => new PlanImporter(plan.Read(arguments).Apply(defaults)), arguments.GetValue(file)!, arguments.GetValue(output)!, cancellationToken));
        return command;
    }
}
