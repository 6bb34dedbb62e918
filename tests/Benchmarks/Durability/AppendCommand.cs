using System.CommandLine;
using System.Globalization;
using DinOrleans.Benchmarks.Cli;
using DinOrleans.Benchmarks.Load;
using DinOrleans.Benchmarks.Servers;
using DinOrleans.Benchmarks.Shop;

namespace DinOrleans.Benchmarks.Durability;

/// <summary><c>append</c>: behaviours acknowledged at a fixed rate, and as fast as they are taken.</summary>
internal static class AppendCommand
{
    private const int History = 20;
    private const int Connections = 16;
    private static readonly TimeSpan WarmTime = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var rate = CommonOptions.Number("--rate", "Events a second of the open loop.", 5_000, 100, 1_000_000);
        var batch = CommonOptions.Number("--batch", "Events a request.", 100, 1, 1_000);
        var seconds = CommonOptions.Number("--seconds", "Length of a load.", 30, 1, 3_600);
        var log = new Option<string[]>("--log")
        {
            Description = $"{Database.Sqlite} or {Database.Postgres}; both by default.",
            DefaultValueFactory = _ => [Database.Sqlite, Database.Postgres],
        };
        log.AcceptOnlyFromAmong(Database.Sqlite, Database.Postgres);
        var against = new Option<string?>("--against") { Description = "Folder of another source tree of this repository, measured in the same turns." };
        var scratch = CommonOptions.Scratch();
        var command = new Command("append", "Measures the acknowledgement of behaviours, on SQLite and on PostgreSQL.") { rate, batch, seconds, log, against, scratch };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            string folder = Path.GetFullPath(arguments.GetValue(scratch)!);
            List<(string Name, string Repository)> trees = [("ours", Repository.Folder())];
            if (arguments.GetValue(against) is { } other)
            {
                trees.Insert(0, ("before", Path.GetFullPath(other)));
            }

            foreach ((_, string repository) in trees)
            {
                await DotnetBuild.RunAsync(Path.Combine(repository, "src", "Standalone"), cancellationToken).ConfigureAwait(false);
            }

            BenchmarkShop shop = BenchmarkShop.In(Path.Combine(folder, $"shop-{History}"), History);
            Console.WriteLine("| log | tree | load | events/s acknowledged | p50 ms | p99 ms | longest ms | CPU µs per event | failed requests |");
            Console.WriteLine("|---|---|---|---:|---:|---:|---:|---:|---:|");
            foreach (string name in arguments.GetValue(log)!)
            {
                List<AppendServer> servers = [];
                try
                {
                    foreach ((string tree, string repository) in trees)
                    {
                        servers.Add(AppendServer.Start(tree, repository, name, shop));
                    }

                    await MeasureAsync(
                        servers, arguments.GetValue(rate), arguments.GetValue(batch), TimeSpan.FromSeconds(arguments.GetValue(seconds)), cancellationToken).ConfigureAwait(false);
                }
                finally
                {
                    servers.ForEach(s => s.Dispose());
                }
            }
        });
        return command;
    }

    private static async Task MeasureAsync(List<AppendServer> servers, int rate, int batch, TimeSpan duration, CancellationToken cancellationToken)
    {
        var requests = new AppendRequests(batch);
        foreach (AppendServer server in servers)
        {
            await WarmUp.UntilReadyAsync(server.Process, new RankRequests(new RankShape(1, History)), cancellationToken).ConfigureAwait(false);
            await ClosedLoop.RunAsync(server.Process.Port, requests, Connections, WarmTime, cancellationToken).ConfigureAwait(false);
        }

        foreach (AppendServer server in servers)
        {
            await ReportAsync(
                server, $"open, {rate:N0} events/s", () => OpenLoop.RunAsync(server.Process.Port, requests, (double)rate / batch, duration, cancellationToken)).ConfigureAwait(false);
        }

        foreach (AppendServer server in servers)
        {
            await ReportAsync(
                server, $"closed, {Connections}", () => ClosedLoop.RunAsync(server.Process.Port, requests, Connections, duration, cancellationToken)).ConfigureAwait(false);
        }

        async Task ReportAsync(AppendServer server, string name, Func<Task<LoadResult>> load)
        {
            TimeSpan before = server.Process.ProcessorTime;
            LoadResult result = await load().ConfigureAwait(false);
            double events = (double)result.Latencies.Length * batch;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {server.Log} | {server.Process.Name} | {name} | {events / result.Elapsed.TotalSeconds:N0} | {result.Milliseconds(0.5):F1} | {result.Milliseconds(0.99):F1} | {result.Milliseconds(1):F1} | {(server.Process.ProcessorTime - before).TotalMicroseconds / events:F1} | {result.Failed} |"));
        }
    }
}
