using System.CommandLine;
using System.Globalization;
using DinOrleans.Benchmarks.Cli;
using DinOrleans.Benchmarks.Servers;

namespace DinOrleans.Benchmarks.OwnData;

/// <summary><c>own-data</c>: the time from a CSV of one's own to a ranking by a model of it.</summary>
internal static class OwnDataCommand
{
    public static Command Create()
    {
        var events = CommonOptions.Number("--events", "Events of the CSV.", 100_000, 1_000, 10_000_000);
        var scratch = CommonOptions.Scratch();
        var command = new Command("own-data", "Measures the way of the README from a CSV to a ranking: init, and Standalone until it ranks by the model that it has trained.") { events, scratch };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            string repository = Repository.Folder();
            foreach (string program in (string[])["Cli", "Standalone"])
            {
                await DotnetBuild.RunAsync(Path.Combine(repository, "src", program), cancellationToken).ConfigureAwait(false);
            }

            var run = new OwnDataRun(repository, Path.Combine(Path.GetFullPath(arguments.GetValue(scratch)!), "own-data"));
            IReadOnlyList<(string Step, TimeSpan Time)> steps = await run.MeasureAsync(arguments.GetValue(events), cancellationToken).ConfigureAwait(false);
            Console.WriteLine("| step | seconds |\n|---|---:|");
            foreach ((string step, TimeSpan time) in steps)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {step} | {time.TotalSeconds:F1} |"));
            }
        });
        return command;
    }
}
