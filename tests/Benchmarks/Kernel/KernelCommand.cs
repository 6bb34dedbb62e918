using System.CommandLine;
using System.Globalization;
using DinOrleans.Benchmarks.Cli;
using DinOrleans.Benchmarks.Shop;
using DinOrleans.Grains.Scoring;

namespace DinOrleans.Benchmarks.Kernel;

/// <summary><c>kernel</c>: the scorer alone, over batch sizes and threads.</summary>
internal static class KernelCommand
{
    /// <summary>What scores, threads side by side, threads within a run.</summary>
    private static readonly (ScoringKernel Kernel, int Workers, int IntraOp)[] Threads =
    [
        (ScoringKernel.OnnxRuntime, 1, 1), (ScoringKernel.Fused, 1, 1), (ScoringKernel.OnnxRuntime, 2, 1), (ScoringKernel.Fused, 2, 1),
        (ScoringKernel.OnnxRuntime, 1, 2),
    ];

    private static readonly int[] BatchSizes = [1, 4, 16];

    public static Command Create()
    {
        var shapes = RankShapeOption.Create();
        var seconds = CommonOptions.Number("--seconds", "Length of a measurement.", 2, 1, 600);
        var rounds = CommonOptions.Number("--rounds", "Measurements of the whole server against the scorer, in turns; 0 leaves the server out.", 3, 0, 100);
        var scratch = CommonOptions.Scratch();
        var command = new Command("kernel", "Measures the scorer alone in pairs (candidate x behaviour) a second, and what share of it the whole server reaches.")
        {
            shapes, seconds, rounds, scratch,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            IReadOnlyList<RankShape> some = RankShapeOption.Choose(arguments, shapes);
            Run(some, TimeSpan.FromSeconds(arguments.GetValue(seconds)));
            if (arguments.GetValue(rounds) > 0)
            {
                string folder = Path.GetFullPath(arguments.GetValue(scratch)!);
                await ServerShare.PrintAsync(some, folder, arguments.GetValue(seconds), arguments.GetValue(rounds), cancellationToken).ConfigureAwait(false);
            }
        });
        return command;
    }

    private static void Run(IReadOnlyList<RankShape> shapes, TimeSpan duration)
    {
        string folder = Directory.CreateTempSubdirectory("kernel-").FullName;
        try
        {
            Console.WriteLine("| scorer | N×H | R | threads side by side | threads in a run | million pairs/s | ms per run | CPU ms per ranking |");
            Console.WriteLine("|---|---|---:|---:|---:|---:|---:|---:|");
            string artifact = BenchmarkShop.WriteArtifact(folder, BenchmarkShop.Schema(shapes.Max(s => s.History)));
            foreach ((ScoringKernel kernel, int workers, int intraOp) in Threads)
            {
                using var scorer = new ScorerRate(artifact, new ScoringOptions { Kernel = kernel, IntraOpThreads = intraOp });
                foreach (RankShape shape in shapes)
                {
                    foreach (int requests in BatchSizes)
                    {
                        ScorerSpeed speed = scorer.Measure(shape, requests, workers, duration);
                        Console.WriteLine(string.Create(
                            CultureInfo.InvariantCulture,
                            $"| {kernel} | {shape} | {requests} | {workers} | {intraOp} | {speed.PairsPerSecond / 1e6:F2} | {1000.0 * workers * requests * shape.Pairs / speed.PairsPerSecond:F3} | {speed.ProcessorPerRanking.TotalMilliseconds:F3} |"));
                    }
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
