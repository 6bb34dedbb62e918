using System.Globalization;
using DinOrleans.Benchmarks.Clusters;
using DinOrleans.Benchmarks.Load;
using DinOrleans.Benchmarks.Servers;
using DinOrleans.Benchmarks.Shop;
using Npgsql;

namespace DinOrleans.Benchmarks.Upgrade;

/// <summary>Starts a cluster, loads it, restarts its silos one by one and prints what came of it.</summary>
internal static class UpgradeRun
{
    private const int Users = 2_000;
    private static readonly RankShape Shape = new(20, 20);

    public static async Task RunAsync(UpgradeOptions options, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Scratch);
        ClusterPrograms now = await PublishAsync(Repository.Folder(), options, cancellationToken).ConfigureAwait(false);
        ClusterPrograms before = options.Against is { } tree ? await PublishAsync(tree, options, cancellationToken).ConfigureAwait(false) : now;

        BenchmarkShop shop = BenchmarkShop.In(Path.Combine(options.Scratch, $"shop-{Shape.History}-{Users}"), Shape.History, Users);
        using var cluster = new BenchmarkCluster(shop, options.Silos);
        for (int silo = 0; silo < options.Silos; silo++)
        {
            await cluster.StartSiloAsync(silo, before, cancellationToken).ConfigureAwait(false);
        }

        ServerProcess gateway = await cluster.StartGatewayAsync(before, source: null, cancellationToken).ConfigureAwait(false);
        Say("loading the shop");
        await cluster.LoadAsync(cancellationToken).ConfigureAwait(false);
        long loaded = await CountAsync(cluster.Database, cancellationToken).ConfigureAwait(false);
        var rankings = new RankRequests(Shape, Users);
        await WarmUp.RunAsync(gateway, Shape, rankings, cancellationToken).ConfigureAwait(false);

        var load = new UpgradeLoad(rankings, options);
        List<Phase> phases = [await load.RunWhileAsync("before", gateway.Port, Task.Delay(options.Steady, cancellationToken), cancellationToken).ConfigureAwait(false)];
        phases.Add(await load.RunWhileAsync("during", gateway.Port, RestartAsync(cluster, options, now, cancellationToken), cancellationToken).ConfigureAwait(false));
        ServerProcess last = options.Against is null ? gateway : await cluster.StartGatewayAsync(now, "model", cancellationToken).ConfigureAwait(false);
        phases.Add(await load.RunWhileAsync("after", last.Port, Task.Delay(options.Steady, cancellationToken), cancellationToken).ConfigureAwait(false));
        Report(phases);
        long held = await CountAsync(cluster.Database, cancellationToken).ConfigureAwait(false) - loaded;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{load.Acknowledged:N0} events were acknowledged, and {held:N0} are in the log."));
    }

    private static Task<ClusterPrograms> PublishAsync(string tree, UpgradeOptions options, CancellationToken cancellationToken)
    {
        Say($"publishing {tree}");
        return ClusterPrograms.PublishAsync(tree, options.Scratch, cancellationToken);
    }

    private static async Task RestartAsync(BenchmarkCluster cluster, UpgradeOptions options, ClusterPrograms programs, CancellationToken cancellationToken)
    {
        for (int silo = 0; silo < options.Silos; silo++)
        {
            Say($"restarting silo {silo + 1} of {options.Silos}");
            await cluster.StopSiloAsync(silo, cancellationToken).ConfigureAwait(false);
            await cluster.StartSiloAsync(silo, programs, cancellationToken).ConfigureAwait(false);
            await Task.Delay(options.Settle, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<long> CountAsync(string database, CancellationToken cancellationToken)
    {
        var source = NpgsqlDataSource.Create(database);
        await using (source.ConfigureAwait(false))
        {
            NpgsqlCommand count = source.CreateCommand("SELECT count(*) FROM events");
            await using (count.ConfigureAwait(false))
            {
                return (long)(await count.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
            }
        }
    }

    private static void Report(List<Phase> phases)
    {
        Console.WriteLine("| silos | requests | answered/s | p50 ms | p99 ms | longest ms | failed | p99 ratio |");
        Console.WriteLine("|---|---|---:|---:|---:|---:|---:|---:|");
        foreach ((string kind, Func<Phase, LoadResult> of) in ((string, Func<Phase, LoadResult>)[])[("rankings", p => p.Rankings), ("events", p => p.Appends)])
        {
            foreach (Phase phase in phases)
            {
                LoadResult result = of(phase);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {phase.Name} | {kind} | {result.RequestsPerSecond:N0} | {result.Milliseconds(0.5):F2} | {result.Milliseconds(0.99):F2} | {result.Milliseconds(1):F1} | {result.Failed + result.Refusals.Length} | {result.Milliseconds(0.99) / of(phases[0]).Milliseconds(0.99):F2} |"));
            }
        }
    }

    private static void Say(string line) => Console.Error.WriteLine(line);
}
