using System.CommandLine;
using DinOrleans.Benchmarks.Cli;

namespace DinOrleans.Benchmarks.Kernel;

/// <summary><c>kernel</c>: the scorer alone, over batch sizes and threads.</summary>
internal static class KernelCommand
{
    public static Command Create()
    {
        var shapes = RankShapeOption.Create();
        var milliseconds = CommonOptions.Number("--milliseconds", "Length of a measurement of the scorer alone.", 400, 1, 600_000);
        var turns = CommonOptions.Number("--turns", "Measurements of each scorer, in turns.", 5, 1, 1_000);
        var seconds = CommonOptions.Number("--seconds", "Length of a measurement of the whole server.", 2, 1, 600);
        var rounds = CommonOptions.Number("--rounds", "Measurements of the whole server against the scorer, in turns; 0 leaves the server out.", 3, 0, 100);
        var scratch = CommonOptions.Scratch();
        var command = new Command("kernel", "Measures the scorer alone in pairs (candidate x behaviour) a second and as a share of a core's multiply-adds, and what share of it the whole server reaches.")
        {
            shapes, milliseconds, turns, seconds, rounds, scratch,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            IReadOnlyList<RankShape> some = RankShapeOption.Choose(arguments, shapes);
            KernelTable.Print(some, arguments.GetValue(turns), TimeSpan.FromMilliseconds(arguments.GetValue(milliseconds)));
            if (arguments.GetValue(rounds) > 0)
            {
                string folder = Path.GetFullPath(arguments.GetValue(scratch)!);
                await ServerShare.PrintAsync(some, folder, arguments.GetValue(seconds), arguments.GetValue(rounds), cancellationToken).ConfigureAwait(false);
            }
        });
        return command;
    }
}
