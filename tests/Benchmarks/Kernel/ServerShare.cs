using System.Globalization;
using DinOrleans.Benchmarks.Load;
using DinOrleans.Benchmarks.Servers;
using DinOrleans.Benchmarks.Shop;
using DinOrleans.Grains.Scoring;

namespace DinOrleans.Benchmarks.Kernel;

/// <summary>What share of the scorer's own rate the whole server reaches, the load generator on the same cores included.</summary>
internal static class ServerShare
{
    private const double Million = 1e6;

    /// <summary>Measures scorer and server in turns and prints one row per shape.</summary>
    /// <param name="shapes">The sizes of the rankings.</param>
    /// <param name="scratch">Folder for datasets and data.</param>
    /// <param name="seconds">Length of a measurement.</param>
    /// <param name="rounds">The number of measurements of each.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task PrintAsync(IReadOnlyList<RankShape> shapes, string scratch, int seconds, int rounds, CancellationToken cancellationToken)
    {
        Console.WriteLine();
        Console.WriteLine("| scorer | N×H | connections | scorer alone, million pairs/s | server, million pairs/s | share |");
        Console.WriteLine("|---|---|---:|---:|---:|---:|");
        foreach (ScoringKernel kernel in (ScoringKernel[])[ScoringKernel.OnnxRuntime, ScoringKernel.Fused])
        {
            foreach (RankShape shape in shapes)
            {
                BenchmarkShop shop = BenchmarkShop.In(Path.Combine(scratch, $"shop-{shape.History}"), shape.History);
                var contestant = new StandaloneServer(
                    kernel.ToString(), Repository.Folder(), Path.Combine(scratch, "data"), _ => shop, [$"Scoring:Kernel={kernel}"]);
                await contestant.BuildAsync(cancellationToken).ConfigureAwait(false);
                using ServerProcess server = contestant.Start(shape);
                var requests = new RankRequests(shape);
                await WarmUp.RunAsync(server, shape, requests, cancellationToken).ConfigureAwait(false);
                var options = new ScoringOptions { Kernel = kernel };
                using var scorer = new ScorerRate(shop.Artifact, options);
                double alone = 0;
                double whole = 0;
                for (int round = 0; round < rounds; round++)
                {
                    TimeSpan length = TimeSpan.FromSeconds(seconds);
                    alone += scorer.Measure(shape, Math.Max(1, options.BatchPairs / shape.Pairs), options.WorkerCount, length).PairsPerSecond / rounds;
                    LoadResult load = await ClosedLoop.RunAsync(server.Port, requests, shape.TypicalConnections, length, cancellationToken).ConfigureAwait(false);
                    whole += load.RequestsPerSecond * shape.Pairs / rounds;
                }

                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {kernel} | {shape} | {shape.TypicalConnections} | {alone / Million:F2} | {whole / Million:F2} | {whole / alone:P0} |"));
            }
        }
    }
}
