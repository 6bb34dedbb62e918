using System.CommandLine;
using System.Text.Json;
using DinOrleans.Cli.Arguments;
using DinOrleans.Cli.Running;
using DinOrleans.Datasets;
using DinOrleans.Evaluation;
using DinOrleans.Model.Artifacts;
using DinOrleans.Training.Log;
using DinOrleans.Training.Torch;

namespace DinOrleans.Cli;

/// <summary>The command <c>evaluate</c>, which measures how well a version ranks each user's last item.</summary>
internal static class EvaluateCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create()
    {
        var dataset = new Option<string>("--dataset") { Description = "The folder of the dataset.", Required = true };
        var artifact = new Option<string>("--artifact") { Description = "The folder of the model version.", Required = true };
        var pairs = new Option<string>("--pairs") { Description = "A CSV with the columns user,positive,negative,popular_negative.", Required = true };
        Option<int?> threads = ThreadsOption.Create();
        var command = new Command("evaluate", "Ranks each user's last item against given negatives, and prints the quality as JSON.") { dataset, artifact, pairs, threads };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            using Artifact version = Artifact.Open(arguments.GetValue(artifact)!);
            TrainingLog log = await TrainingLog.LoadAsync(DatasetFolder.Open(arguments.GetValue(dataset)!), cancellationToken).ConfigureAwait(false);
            IReadOnlyList<RankingPair> read = PairsFile.Read(arguments.GetValue(pairs)!);

            PairsResult result = await TorchThreads.RunAsync(
                () => PairsEvaluation.Evaluate(version, log, read, arguments.GetValue(threads)), cancellationToken).ConfigureAwait(false);
            Console.WriteLine(JsonSerializer.Serialize(result, Json));
        }));
        return command;
    }
}
