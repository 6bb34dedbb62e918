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
        var scratch = CommonOptions.Scratch();
        var command = new Command("append", "Measures the acknowledgement of behaviours, on SQLite and on PostgreSQL.") { rate, batch, seconds, scratch };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            string folder = Path.GetFullPath(arguments.GetValue(scratch)!);
            string repository = Repository.Folder();
            await DotnetBuild.RunAsync(Path.Combine(repository, "src", "Standalone"), cancellationToken).ConfigureAwait(false);
            BenchmarkShop shop = BenchmarkShop.In(Path.Combine(folder, $"shop-{History}"), History);
            Console.WriteLine("| log | load | events/s acknowledged | p50 ms | p99 ms | longest ms | CPU µs per event | failed requests |");
            Console.WriteLine("|---|---|---:|---:|---:|---:|---:|---:|");
            foreach (string name in (string[])[Database.Sqlite, Database.Postgres])
            {
                string data = Directory.CreateTempSubdirectory("append-").FullName;
                using (Database database = Database.Start(name))
                {
                    using ServerProcess server = StandaloneServer.Start(name, StandaloneServer.Program(repository), data, shop, database.Settings);
                    await MeasureAsync(
                        server, arguments.GetValue(rate), arguments.GetValue(batch), TimeSpan.FromSeconds(arguments.GetValue(seconds)), cancellationToken).ConfigureAwait(false);
                }

                Directory.Delete(data, recursive: true);
            }
        });
        return command;
    }

    private static async Task MeasureAsync(ServerProcess server, int rate, int batch, TimeSpan duration, CancellationToken cancellationToken)
    {
        var requests = new AppendRequests(batch);
        await WarmUp.UntilReadyAsync(server, new RankRequests(new RankShape(1, History)), cancellationToken).ConfigureAwait(false);
        await ClosedLoop.RunAsync(server.Port, requests, Connections, WarmTime, cancellationToken).ConfigureAwait(false);
        await ReportAsync($"open, {rate:N0} events/s", () => OpenLoop.RunAsync(server.Port, requests, (double)rate / batch, duration, cancellationToken)).ConfigureAwait(false);
        await ReportAsync($"closed, {Connections}", () => ClosedLoop.RunAsync(server.Port, requests, Connections, duration, cancellationToken)).ConfigureAwait(false);

        async Task ReportAsync(string name, Func<Task<LoadResult>> load)
        {
            TimeSpan before = server.ProcessorTime;
            LoadResult result = await load().ConfigureAwait(false);
            double events = (double)result.Latencies.Length * batch;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {server.Name} | {name} | {events / result.Elapsed.TotalSeconds:N0} | {result.Milliseconds(0.5):F1} | {result.Milliseconds(0.99):F1} | {result.Milliseconds(1):F1} | {(server.ProcessorTime - before).TotalMicroseconds / events:F1} | {result.Failed} |"));
        }
    }
}
