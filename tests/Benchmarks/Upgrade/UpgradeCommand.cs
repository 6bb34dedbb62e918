using System.CommandLine;
using DinOrleans.Benchmarks.Cli;

namespace DinOrleans.Benchmarks.Upgrade;

/// <summary><c>upgrade</c>: a cluster under load whose silos are restarted one by one.</summary>
internal static class UpgradeCommand
{
    public static Command Create()
    {
        var silos = CommonOptions.Number("--silos", "Silos of the cluster.", 3, 2, 9);
        var rate = CommonOptions.Number("--rate", "Rankings a second of the open loop.", 200, 1, 100_000);
        var events = CommonOptions.Number("--events", "Events a second of the open loop, ten in a request.", 100, 10, 100_000);
        var seconds = CommonOptions.Number("--seconds", "Length of the load before the restarts, and after them.", 30, 5, 3_600);
        var settle = CommonOptions.Number("--settle", "Seconds from the moment at which a silo is ready to the restart of the next one, as docs/operation.md has it.", 10, 0, 3_600);
        var against = new Option<string?>("--against")
        {
            Description = "Folder of an earlier source tree of this repository: the cluster begins with its silos and gateway, and is upgraded to this tree.",
        };
        var scratch = CommonOptions.Scratch();
        var command = new Command("upgrade", "Restarts the silos of a cluster on PostgreSQL one by one under load, and counts what fails.") { silos, rate, events, seconds, settle, against, scratch };
        command.SetAction((arguments, cancellationToken) => UpgradeRun.RunAsync(
            new UpgradeOptions(
                arguments.GetValue(silos),
                arguments.GetValue(rate),
                arguments.GetValue(events),
                TimeSpan.FromSeconds(arguments.GetValue(seconds)),
                TimeSpan.FromSeconds(arguments.GetValue(settle)),
                arguments.GetValue(against) is { } folder ? Path.GetFullPath(folder) : null,
                Path.GetFullPath(arguments.GetValue(scratch)!)),
            cancellationToken));
        return command;
    }
}

/// <summary>What an upgrade covers.</summary>
/// <param name="Silos">The number of silos.</param>
/// <param name="Rankings">Rankings per second.</param>
/// <param name="Events">Events per second.</param>
/// <param name="Steady">The length of the load before the restarts, and after them.</param>
/// <param name="Settle">The time from the moment at which a silo is ready to the restart of the next one.</param>
/// <param name="Against">The folder of an earlier source tree that the cluster begins with; null for this one.</param>
/// <param name="Scratch">The folder of the shop, kept for the next run.</param>
internal sealed record UpgradeOptions(int Silos, int Rankings, int Events, TimeSpan Steady, TimeSpan Settle, string? Against, string Scratch);
