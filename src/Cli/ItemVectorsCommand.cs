using System.CommandLine;
using DinOrleans.Cli.Help;
using DinOrleans.Cli.Results;
using DinOrleans.Cli.Running;
using DinOrleans.Datasets;
using DinOrleans.Model.Artifacts;
using DinOrleans.Training.ItemVectors;
using DinOrleans.Training.Log;
using DinOrleans.Training.Torch;

namespace DinOrleans.Cli;

/// <summary>The command <c>item-vectors</c>, which writes the vectors of a dataset's items for a search by inner product.</summary>
internal static class ItemVectorsCommand
{
    public static Command Create()
    {
        var dataset = new Option<string>("--dataset") { Description = "The folder of the dataset.", Required = true };
        var artifact = new Option<string>("--artifact") { Description = "The folder of a version of a tower model.", Required = true };
        var output = new Option<string>("--out") { Description = "The file of ids and float32 vectors to write, in the format of docs/models.md.", Required = true };
        Command command = new Command("item-vectors", "Writes the item vectors of a tower model.") { dataset, artifact, output }
            .Prints<ItemVectorsResult>()
            .WithExamples("dinorleans item-vectors --dataset shop --artifact versions/20260501-120000-two-tower-1a2b3c4d --out vectors.bin");
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            using Artifact version = Artifact.Open(arguments.GetValue(artifact)!);
            TrainingLog log = await TrainingLog.LoadAsync(DatasetFolder.Open(arguments.GetValue(dataset)!), cancellationToken).ConfigureAwait(false);
            string path = arguments.GetValue(output)!;
            int items = await TorchThreads.RunAsync(() => ItemVectorExport.Write(version, log, path), cancellationToken).ConfigureAwait(false);
            arguments.Print(new ItemVectorsResult(path, items), v => $"{v.File}: {v.Items} items");
        }));
        return command;
    }
}
