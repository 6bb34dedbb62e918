using System.CommandLine;
using DinOrleans.Cli.Arguments;
using DinOrleans.Cli.Help;
using DinOrleans.Cli.Imports;
using DinOrleans.Cli.Results;
using DinOrleans.Cli.Running;
using DinOrleans.Datasets;
using DinOrleans.Datasets.Guesses;
using DinOrleans.Datasets.Import;
using DinOrleans.Datasets.Import.Plans;

namespace DinOrleans.Cli.Init;

/// <summary>The command <c>init</c>, which makes a dataset of one's own files and guesses what is not said.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("files")
        {
            Description = "The file of events and, optionally, files of items and of users, in any order: CSV or another text with delimited fields, plain or .gz, an Excel workbook (.xlsx), or Parquet.",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string>("--out") { Description = "The dataset folder to write. It must be new or empty without --force.", Required = true };
        Option<bool> force = TypedOption.Flag("--force", "Replaces the dataset that is in the folder.");
        Option<bool> dryRun = TypedOption.Flag("--dry-run", "Says what is guessed, and writes nothing.");
        Command command = new Command(
            "init",
            "Makes a dataset of your own files. It guesses their format, what their columns mean and what is to be predicted, says why, and takes what the options say.")
        {
            files, output, force, dryRun,
        }.Prints<InitResult>().WithExamples("dinorleans init clicks.csv products.csv --out shop", "dinorleans init orders.xlsx --out shop --dry-run");
        var plan = new PlanArguments(command, defaults: null);
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            string folder = arguments.GetValue(output)!;
            RequireFree(folder, arguments.GetValue(force) || arguments.GetValue(dryRun));
            PlanGuess guess = await Task.Run(() => PlanGuess.Of(arguments.GetValue(files)!, plan.Read(arguments), cancellationToken), cancellationToken).ConfigureAwait(false);
            // Before the import, which may fail by a guess.
            TextWriter said = arguments.IsJson() ? Console.Error : Console.Out;
            foreach (string finding in guess.Findings)
            {
                await said.WriteLineAsync(finding).ConfigureAwait(false);
            }

            ImportResult? imported = arguments.GetValue(dryRun)
                ? null
                : await ImportArguments.ImportAsync(() => (new PlanImporter(guess.Plan), guess.Plan.Events.Path), folder, cancellationToken).ConfigureAwait(false);
            var result = new InitResult([.. guess.Findings], imported is null ? null : ImportedDataset.Create(folder, imported));
            arguments.Print(result, _ => imported is null ? "Nothing was written." : $"{ImportedDataset.Describe(folder, imported)}\n{Next(folder)}");
        }));
        return command;
    }

    private static string Next(string folder) =>
        $"{folder} has schema.json, and import.json with the options above. Serve it: dotnet run -c Release --project src/Standalone -- --dataset {folder}";

    private static void RequireFree(string folder, bool mayExist)
    {
        if (!mayExist && Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new DatasetException($"{folder} is not empty; --force replaces the dataset in it");
        }
    }
}
