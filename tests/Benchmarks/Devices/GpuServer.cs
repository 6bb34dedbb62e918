using System.Globalization;
using DinOrleans.Benchmarks.Load;
using DinOrleans.Benchmarks.Servers;
using DinOrleans.Benchmarks.Shop;
using DinOrleans.Grains.Scoring;

namespace DinOrleans.Benchmarks.Devices;

/// <summary>The whole server over loopback, on the processors and on the accelerator, the load generator on the same machine.</summary>
internal static class GpuServer
{
    private const int Users = 2_000;
    private static readonly int[] Connections = [1, 16, 64, 256];

    /// <summary>Prints a row per server, shape and number of connections.</summary>
    public static async Task PrintAsync(
        Accelerator accelerator, string program, IReadOnlyList<RankShape> shapes, string scratch, TimeSpan length, CancellationToken cancellationToken)
    {
        Console.WriteLine("| server | N×H | connections | rankings/s | million pairs/s | p50 ms | p99 ms | refused |");
        Console.WriteLine("|---|---|---:|---:|---:|---:|---:|---:|");
        string[] common = ["Gateway:MaxConcurrentRankings=1024", "Scoring:QueueLimit=1024"];
        (string Name, string[] Settings)[] servers =
        [
            ("processors", [.. common, "Scoring:Accelerator=Cpu"]),
            (accelerator.ToString(), [.. common, $"Scoring:Accelerator={accelerator}"]),
        ];
        foreach (RankShape shape in shapes)
        {
            BenchmarkShop shop = BenchmarkShop.In(Path.Combine(scratch, $"shop-{shape.History}"), shape.History, Users);
            foreach ((string name, string[] settings) in servers)
            {
                string data = Path.Combine(scratch, "data", $"{name}-{shape.History}");
                using ServerProcess server = StandaloneServer.Start(name, program, data, shop, settings);
                var requests = new RankRequests(shape, Users);
                await WarmUp.RunAsync(server, shape, requests, cancellationToken).ConfigureAwait(false);
                foreach (int connections in Connections)
                {
                    LoadResult load = await ClosedLoop.RunAsync(server.Port, requests, connections, 2 * length, cancellationToken).ConfigureAwait(false);
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"| {name} | {shape} | {connections} | {load.RequestsPerSecond:N0} | {load.RequestsPerSecond * shape.Pairs / 1e6:F1} | {load.Milliseconds(0.5):F2} | {load.Milliseconds(0.99):F2} | {load.Refusals.Length + load.Failed} |"));
                }
            }
        }
    }
}
