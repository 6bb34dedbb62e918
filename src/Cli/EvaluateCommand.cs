using System.CommandLine;
using System.Globalization;
using DinOrleans.Cli.Arguments;
using DinOrleans.Cli.Help;
using DinOrleans.Cli.Results;
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
    public static Command Create()
    {
        var dataset = new Option<string>("--dataset") { Description = "The folder of the dataset.", Required = true };
        var artifact = new Option<string>("--artifact") { Description = "The folder of the model version.", Required = true };
        var pairs = new Option<string>("--pairs") { Description = "A CSV with the columns user,positive,negative,popular_negative.", Required = true };
        Option<int?> threads = ThreadsOption.Create();
        Command command = new Command("evaluate", "Ranks each user's last item against given negatives, and prints the quality.") { dataset, artifact, pairs, threads }
            .Prints<PairsResult>()
            .WithExamples("dinorleans evaluate --dataset shop --artifact versions/20260501-120000-din-1a2b3c4d --pairs test.csv --json");
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            using Artifact version = Artifact.Open(arguments.GetValue(artifact)!);
            TrainingLog log = await TrainingLog.LoadAsync(DatasetFolder.Open(arguments.GetValue(dataset)!), cancellationToken).ConfigureAwait(false);
            IReadOnlyList<RankingPair> read = PairsFile.Read(arguments.GetValue(pairs)!);

            PairsResult result = await TorchThreads.RunAsync(
                () => PairsEvaluation.Evaluate(version, log, read, arguments.GetValue(threads)), cancellationToken).ConfigureAwait(false);
            arguments.Print(result, Describe);
        }));
        return command;
    }

    private static string Describe(PairsResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Users:N0} users\nagainst uniform negatives: {Describe(result.Uniform)}\nagainst popular negatives: {Describe(result.Popular)}");

    private static string Describe(PairsMeasure measure) =>
        string.Create(CultureInfo.InvariantCulture, $"AUC {measure.Auc:F4}, GAUC {measure.Gauc:F4}, log loss {measure.LogLoss:F4}, calibration {measure.Calibration:F4}");
}
