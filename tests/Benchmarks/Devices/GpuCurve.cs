using System.Globalization;
using DinOrleans.Benchmarks.Kernel;
using DinOrleans.Benchmarks.Shop;
using DinOrleans.Grains.Scoring;

namespace DinOrleans.Benchmarks.Devices;

/// <summary>How fast each way to score is over batch sizes, against one core.</summary>
internal static class GpuCurve
{
    private static readonly int[] BatchSizes = [1, 4, 16, 64, 256];
    private static readonly int[] Threads = [1, 2];

    /// <summary>Prints a row per way, shape, batch size and number of threads.</summary>
    public static void Print(Accelerator accelerator, IReadOnlyList<RankShape> shapes, TimeSpan length)
    {
        string folder = Directory.CreateTempSubdirectory("curve-").FullName;
        try
        {
            string artifact = BenchmarkShop.WriteArtifact(folder, BenchmarkShop.Schema(shapes.Max(s => s.History)));
            Console.WriteLine("| scorer | N×H | R | threads | million pairs/s | rankings/s | ms per run | one core's rankings/s, times |");
            Console.WriteLine("|---|---|---:|---:|---:|---:|---:|---:|");
            Dictionary<RankShape, double> core = [];
            using (var processor = new ScorerRate(artifact, new ScoringOptions { Kernel = ScoringKernel.OnnxRuntime }))
            {
                foreach (RankShape shape in shapes)
                {
                    core[shape] = processor.Measure(shape, 4, 1, length).PairsPerSecond;
                    Row("ONNX Runtime, one core", shape, 4, 1, core[shape], core[shape]);
                }
            }

            foreach ((string name, ScoringOptions options) in GpuCommand.Ways(accelerator))
            {
                using var scorer = new ScorerRate(artifact, options);
                foreach (RankShape shape in shapes)
                {
                    foreach (int requests in BatchSizes)
                    {
                        foreach (int threads in Threads)
                        {
                            Row(name, shape, requests, threads, scorer.Measure(shape, requests, threads, length / 2).PairsPerSecond, core[shape]);
                        }
                    }
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        Console.WriteLine();
    }

    private static void Row(string name, RankShape shape, int requests, int threads, double pairs, double core) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {shape} | {requests} | {threads} | {pairs / 1e6:F1} | {pairs / shape.Pairs:N0} | {1000.0 * threads * requests * shape.Pairs / pairs:F3} | {pairs / core:F1} |"));
}
