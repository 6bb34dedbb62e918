using System.CommandLine;
using DinOrleans.Cli.Help;
using DinOrleans.Cli.Results;
using DinOrleans.Datasets.Import.Plans;

namespace DinOrleans.Cli.Imports;

/// <summary>The command <c>import plan</c>, which imports again what an <c>import.json</c> describes.</summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        Argument<string> file = ImportArguments.File("The import.json of a dataset that \"init\" or \"import csv\" wrote. It names the original files and says what their columns mean.");
        var output = new Option<string?>("--out") { Description = "The dataset folder. By default the one of the import.json, whose dataset is replaced." };
        Command command = new Command("plan", "Your own files again, as the import.json of their dataset says.") { file, output }
            .Prints<ImportedDataset>()
            .WithExamples("dinorleans import plan shop/import.json");
        command.SetAction((arguments, cancellationToken) =>
        {
            string path = arguments.GetValue(file)!;
            string folder = arguments.GetValue(output) ?? Path.GetDirectoryName(Path.GetFullPath(path))!;
            return ImportArguments.RunAsync(
                arguments,
                () =>
                {
                    ImportPlan plan = PlanJson.Load(path);
                    return (new PlanImporter(plan), plan.Events.Path);
                },
                folder,
                cancellationToken);
        });
        return command;
    }
}
