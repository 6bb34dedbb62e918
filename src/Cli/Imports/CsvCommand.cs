using System.CommandLine;
using DinOrleans.Cli.Help;
using DinOrleans.Cli.Results;
using DinOrleans.Datasets.Import.Plans;

namespace DinOrleans.Cli.Imports;

/// <summary>The command <c>import csv</c>, which imports files of one's own.</summary>
internal static class CsvCommand
{
    public static Command Create()
    {
        var defaults = new ImportPlan();
        Argument<string> file = ImportArguments.File("The file of events: CSV or another text with delimited fields, plain or .gz, an Excel workbook (.xlsx), or Parquet.");
        Option<string> output = ImportArguments.Output();
        Command command = new Command(
            "csv", "Your own files, whose columns the options name: a file of events and, optionally, of items and of users. \"init\" guesses what is not said.")
        {
            file, output,
        }.Prints<ImportedDataset>().WithExamples(
            "dinorleans import csv my-events.csv --items my-items.csv --out shop",
            "dinorleans import csv shop.xlsx --sheet Orders --items shop.xlsx --items-sheet Products --out shop",
            "dinorleans import csv orders.csv --delimiter \";\" --user-column customer --item-column sku --timestamp-column day --timestamp-format dd.MM.yyyy --out shop");
        var plan = new PlanArguments(command, defaults);
        command.SetAction((arguments, cancellationToken) => ImportArguments.RunAsync(
            arguments,
            () => new PlanImporter(plan.Read(arguments).Apply(defaults)),
            arguments.GetValue(file)!,
            arguments.GetValue(output)!,
            cancellationToken));
        return command;
    }
}
