using System.CommandLine;
using DinOrleans.Cli.Arguments;
using DinOrleans.Cli.Help;
using DinOrleans.Cli.Results;
using DinOrleans.Cli.Running;
using DinOrleans.Evaluation.Compare;
using DinOrleans.Evaluation.Compare.Report;
using DinOrleans.Evaluation.Compare.Runs;
using DinOrleans.Model.Ranking;
using DinOrleans.Programs.Terminal;
using DinOrleans.Training.Trainer;

namespace DinOrleans.Cli;

/// <summary>The command <c>compare</c>, which compares several models over several seeds on one dataset.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var dataset = new Option<string>("--dataset") { Description = "The folder of the dataset.", Required = true };
        var models = new Option<string[]>("--models")
        {
            Description = "The models to compare, separated by commas: " + string.Join(", ", RankingModels.Names) + ", or variants named in --options.",
            DefaultValueFactory = _ => [BaseModel.Name, Din.Name],
            AllowMultipleArgumentsPerToken = true,
        };
        models.CompletionSources.Add([.. RankingModels.Names]);
        var options = new Option<string?>("--options")
        {
            Description = "The options as JSON, or @FILE: { \"din\": { \"options\": { … }, \"training\": { … }, \"samples\": { … } }, \"defaults\": { … } }.",
        };
        Option<int> seeds = TypedOption.Whole("--seeds", "The number of runs per model, with the seeds 1, 2, ….", 1, Comparison.MaxSeeds, 3);
        var pairs = new Option<string?>("--pairs")
        {
            Description = "A CSV with the columns user,positive,negative,popular_negative. Without it, the latest tenth of the impressions is tested on, or pairs are drawn.",
        };
        var output = new Option<string>("--output") { Description = "The folder of the report. Runs that it already has are not repeated.", DefaultValueFactory = _ => "compare" };
        Option<int?> threads = ThreadsOption.Create();
        Command command = new Command("compare", "Trains and tests models over several seeds, and writes report.html and report.json.")
        {
            dataset, models, options, seeds, pairs, output, threads,
        }.Prints<CompareResult>().WithExamples("dinorleans compare --dataset shop --models base,din --seeds 3 --output report");
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            string[] names = [.. arguments.GetValue(models)!.SelectMany(m => m.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
            string? json = OptionText.Read(options.Name, arguments.GetValue(options));
            ComparedData data = await ComparedData.LoadAsync(arguments.GetValue(dataset)!, arguments.GetValue(pairs), cancellationToken).ConfigureAwait(false);
            string folder = arguments.GetValue(output)!;
            IReadOnlyList<ComparedModel> compared = ComparedModel.ReadAll(names, json, data.Samples);
            if (arguments.GetValue(threads) is { } count)
            {
                compared = [.. compared.Select(m => m.WithThreads(count))];
            }

            var comparison = new Comparison(data, compared, arguments.GetValue(seeds), folder, TimeProvider.System);
            using LiveLine line = LiveLine.OfErrorOutput();
            await comparison.RunAsync(Console.Error, new ProgressLine(line), cancellationToken).ConfigureAwait(false);
            arguments.Print(new CompareResult(Path.Combine(folder, ReportFiles.Html), Path.Combine(folder, ReportFiles.Json)), c => c.Html);
        }));
        return command;
    }
}
