using System.Globalization;
using DinOrleans.Benchmarks.Shop;
using DinOrleans.Kernels.Processors;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Ranking;

namespace DinOrleans.Benchmarks.Kernel;

/// <summary>Measures every way to score in turns, and prints what share of a core's multiply-adds each reaches.</summary>
internal static class KernelTable
{
    private static readonly int[] BatchSizes = [1, 4];

    /// <summary>Measures and prints one row per way, shape, batch size and number of threads.</summary>
    /// <param name="shapes">The sizes of the rankings.</param>
    /// <param name="turns">Measurements of each way.</param>
    /// <param name="duration">The length of a measurement.</param>
    public static void Print(IReadOnlyList<RankShape> shapes, int turns, TimeSpan duration)
    {
        string folder = Directory.CreateTempSubdirectory("kernel-").FullName;
        ScorerRate[] scorers = [];
        try
        {
            string version = BenchmarkShop.WriteArtifact(folder, BenchmarkShop.Schema(shapes.Max(s => s.History)));
            Dictionary<InstructionSet, double> peaks = InstructionSets.Available.ToDictionary(set => set, MultiplyAddPeak.Measure);
            foreach ((InstructionSet set, double peak) in peaks)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"One core, {InstructionSets.Name(set)}: {peak:F1} GFLOP/s of multiply-adds in registers."));
            }

            Console.WriteLine();
            Console.WriteLine("| scorer | N×H | R | threads | million pairs/s, median | times ONNX Runtime | CPU ms per ranking | shortest run, ms | its share of the peak |");
            Console.WriteLine("|---|---|---:|---:|---:|---:|---:|---:|---:|");
            scorers = [.. KernelPath.All.Select(path => new ScorerRate(version, path.Load))];
            foreach (RankShape shape in shapes)
            {
                double operations = Operations(version, shape);
                foreach (int threads in (int[])[1, 2])
                {
                    foreach (int requests in BatchSizes)
                    {
                        ScorerSpeed[] medians = Measure(scorers, shape, requests, threads, turns, duration);
                        for (int i = 0; i < medians.Length; i++)
                        {
                            KernelPath path = KernelPath.All[i];
                            ScorerSpeed speed = medians[i];
                            double share = operations * requests / speed.ShortestRun.TotalSeconds / 1e9 / peaks[path.Set];
                            Console.WriteLine(string.Create(
                                CultureInfo.InvariantCulture,
                                $"| {path.Name} | {shape} | {requests} | {threads} | {speed.PairsPerSecond / 1e6:F2} | {speed.PairsPerSecond / medians[0].PairsPerSecond:F2} | {speed.ProcessorPerRanking.TotalMilliseconds:F3} | {speed.ShortestRun.TotalMilliseconds:F3} | {share:P0} |"));
                        }
                    }
                }
            }
        }
        finally
        {
            Array.ForEach(scorers, s => s.Dispose());
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Measures in turns, so that what else runs on the machine meets all ways alike.</summary>
    /// <returns>For each scorer the medians of its rates and times, and the shortest of its runs.</returns>
    private static ScorerSpeed[] Measure(ScorerRate[] scorers, RankShape shape, int requests, int threads, int turns, TimeSpan duration)
    {
        var speeds = new ScorerSpeed[scorers.Length, turns];
        for (int turn = 0; turn < turns; turn++)
        {
            for (int i = 0; i < scorers.Length; i++)
            {
                speeds[i, turn] = scorers[i].Measure(shape, requests, threads, duration);
            }
        }

        return [.. Enumerable.Range(0, scorers.Length).Select(i => Median([.. Enumerable.Range(0, turns).Select(t => speeds[i, t])]))];
    }

    private static ScorerSpeed Median(ScorerSpeed[] speeds) => new(
        speeds.Select(s => s.PairsPerSecond).Order().ElementAt(speeds.Length / 2),
        speeds.Select(s => s.ProcessorPerRanking).Order().ElementAt(speeds.Length / 2),
        speeds.Min(s => s.ShortestRun));

    private static double Operations(string version, RankShape shape)
    {
        using Artifact artifact = Artifact.Open(version);
        var model = (Din)RankingModels.Create(artifact.Manifest.Model, artifact.Layout, artifact.Manifest.Options.GetRawText());
        return KernelWork.Operations(artifact.Layout, model.Options, shape);
    }
}
