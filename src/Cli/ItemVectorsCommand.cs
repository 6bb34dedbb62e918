using System.CommandLine;
using DinOrleans.Cli.Running;
using DinOrleans.Datasets;
using DinOrleans.Model.Artifacts;
using DinOrleans.Training.ItemVectors;
using DinOrleans.Training.Log;
using DinOrleans.Training.Torch;

namespace DinOrleans.Cli;

/// <summary><c>item-vectors</c>: the vectors of a dataset's items, for a search by inner product.</summary>
internal static class ItemVectorsCommand
{
    public static Command Create()
    {
        var dataset = new Option<string>("--dataset") { Description = "Dataset folder.", Required = true };
        var artifact = new Option<string>("--artifact") { Description = "Folder of a model version of two towers.", Required = true };
        var output = new Option<string>("--out") { Description = "File of ids and float32 vectors, in the format of docs/models.md.", Required = true };
        var command = new Command("item-vectors", "Writes the items' vectors of a two-tower model.") { dataset, artifact, output };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            using Artifact version = Artifact.Open(arguments.GetValue(artifact)!);
            TrainingLog log = await TrainingLog.LoadAsync(DatasetFolder.Open(arguments.GetValue(dataset)!), cancellationToken).ConfigureAwait(false);
            string path = arguments.GetValue(output)!;
            int items = await TorchThreads.RunAsync(() => ItemVectorExport.Write(version, log, path), cancellationToken).ConfigureAwait(false);
            Console.WriteLine($"{path}: {items} items");
        }));
        return command;
    }
}
