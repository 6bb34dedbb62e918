using System.CommandLine;
using System.Globalization;
using DinOrleans.Benchmarks.Cli;
using DinOrleans.Benchmarks.Clusters;
using DinOrleans.Benchmarks.Load;
using DinOrleans.Benchmarks.Servers;
using DinOrleans.Benchmarks.Shop;

namespace DinOrleans.Benchmarks.Scale;

/// <summary><c>scale</c>: clusters of one silo and more, each silo with the same work.</summary>
internal static class ScaleCommand
{
    private const int History = 20;
    private const int Users = 2_000;

    public static Command Create()
    {
        var silos = CommonOptions.Number("--silos", "Silos of the largest cluster; all smaller ones are measured too.", 3, 1, 8);
        var rate = CommonOptions.Number("--rate", "Rankings a second for each silo.", 100, 1, 100_000);
        var candidates = CommonOptions.Number("--candidates", "Candidates of a ranking.", 20, 1, 1_000);
        var seconds = CommonOptions.Number("--seconds", "Length of a load.", 20, 1, 3_600);
        var scratch = CommonOptions.Scratch();
        var command = new Command("scale", "Measures what a ranking and an event cost as silos are added, each silo with the same work.") { silos, rate, candidates, seconds, scratch };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            string folder = Path.GetFullPath(arguments.GetValue(scratch)!);
            ClusterPrograms programs = await ClusterPrograms.PublishAsync(Repository.Folder(), folder, cancellationToken).ConfigureAwait(false);
            BenchmarkShop shop = BenchmarkShop.In(Path.Combine(folder, $"shop-{History}-{Users}"), History, Users);
            Console.WriteLine("| silos | load | a second | p50 ms | p99 ms | failed | silos' CPU ms each | gateways' CPU ms each | messages each, between processes | grain calls each, all silos |");
            Console.WriteLine("|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|");
            for (int count = 1; count <= arguments.GetValue(silos); count++)
            {
                using var cluster = new BenchmarkCluster(shop, count);
                for (int silo = 0; silo < count; silo++)
                {
                    await cluster.StartSiloAsync(silo, programs, cancellationToken).ConfigureAwait(false);
                    await cluster.StartGatewayAsync(programs, source: null, cancellationToken).ConfigureAwait(false);
                }

                await cluster.LoadAsync(cancellationToken).ConfigureAwait(false);
                using var load = new ScaleLoad(cluster);
                var rankings = new RankRequests(new RankShape(arguments.GetValue(candidates), History), Users);
                var events = new ScaleEvents(Users);
                TimeSpan length = TimeSpan.FromSeconds(arguments.GetValue(seconds));
                await load.RunAsync(rankings, arguments.GetValue(rate), length, cancellationToken).ConfigureAwait(false);
                await ReportAsync(load, $"| {count} | rankings", rankings, arguments.GetValue(rate), length, cancellationToken).ConfigureAwait(false);
                await ReportAsync(load, $"| {count} | events", events, arguments.GetValue(rate), length, cancellationToken).ConfigureAwait(false);
            }
        });
        return command;
    }

    /// <summary>Loads a cluster and prints a row. The messages that silos exchange without a load are measured first and taken off.</summary>
    private static async Task ReportAsync(
        ScaleLoad load, string row, IRequestSource requests, int rate, TimeSpan length, CancellationToken cancellationToken)
    {
        ScaleUse start = await load.ReadAsync(cancellationToken).ConfigureAwait(false);
        await Task.Delay(length / 2, cancellationToken).ConfigureAwait(false);
        ScaleUse idle = await load.ReadAsync(cancellationToken).ConfigureAwait(false) - start;
        ScaleUse before = await load.ReadAsync(cancellationToken).ConfigureAwait(false);
        LoadResult result = await load.RunAsync(requests, rate, length, cancellationToken).ConfigureAwait(false);
        ScaleUse used = (await load.ReadAsync(cancellationToken).ConfigureAwait(false) - before).Without(idle);
        double done = result.Latencies.Length;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{row} | {result.RequestsPerSecond:N0} | {result.Milliseconds(0.5):F2} | {result.Milliseconds(0.99):F2} | {result.Failed} | {used.SiloTime.TotalMilliseconds / done:F3} | {used.GatewayTime.TotalMilliseconds / done:F3} | {used.Messages / done:F2} | {used.Calls / done:F2} |"));
    }
}
