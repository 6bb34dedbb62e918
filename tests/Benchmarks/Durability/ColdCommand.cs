using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using DinOrleans.Benchmarks.Cli;
using DinOrleans.Benchmarks.Load;
using DinOrleans.Benchmarks.Servers;
using DinOrleans.Benchmarks.Shop;

namespace DinOrleans.Benchmarks.Durability;

/// <summary><c>cold</c>: many users in the log, few in memory; what they take, and how long the first ranking of one lasts.</summary>
internal static class ColdCommand
{
    private const int Candidates = 20;
    private const double Megabyte = 1024 * 1024;
    private static readonly TimeSpan WarmTime = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var users = CommonOptions.Number("--users", "Users in the log.", 1_000_000, 1_000, 10_000_000);
        var history = CommonOptions.Number("--behaviours", "Behaviours of each.", 30, 1, 1_000);
        var rate = CommonOptions.Number("--rate", "Rankings a second of the open loop.", 100, 1, 100_000);
        var seconds = CommonOptions.Number("--seconds", "Length of a load.", 30, 1, 3_600);
        var log = new Option<string>("--log") { Description = $"{Database.Sqlite} or {Database.Postgres}.", DefaultValueFactory = _ => Database.Sqlite };
        log.AcceptOnlyFromAmong(Database.Sqlite, Database.Postgres);
        var scratch = CommonOptions.Scratch();
        var command = new Command("cold", "Measures rankings of users that are not in memory.") { users, history, rate, seconds, log, scratch };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            string repository = Repository.Folder();
            await DotnetBuild.RunAsync(Path.Combine(repository, "src", "Standalone"), cancellationToken).ConfigureAwait(false);
            int count = arguments.GetValue(users);
            int behaviours = arguments.GetValue(history);
            string folder = Path.GetFullPath(arguments.GetValue(scratch)!);
            BenchmarkShop shop = BenchmarkShop.In(Path.Combine(folder, $"shop-{behaviours}-{count}"), behaviours, count);
            using (Database database = Database.Start(arguments.GetValue(log)!))
            {
                string data = database.DataFolder(folder, $"cold-{behaviours}-{count}");
                ServerProcess Start() => StandaloneServer.Start(database.Name, StandaloneServer.Program(repository), data, shop, database.Settings);
                await LoadAsync(Start, database, data, (long)count * behaviours, cancellationToken).ConfigureAwait(false);
                long started = Stopwatch.GetTimestamp();
                using ServerProcess server = Start();
                await WarmUp.UntilReadyAsync(server, cancellationToken).ConfigureAwait(false);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"started again: ready after {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s, server's memory {server.ResidentBytes / Megabyte:N0} MB"));
                await MeasureAsync(
                    server, new ColdRequests(count, Candidates), arguments.GetValue(rate), TimeSpan.FromSeconds(arguments.GetValue(seconds)), cancellationToken).ConfigureAwait(false);
            }
        });
        return command;
    }

    private static async Task LoadAsync(Func<ServerProcess> start, Database database, string data, long events, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        using ServerProcess server = start();
        await WarmUp.UntilReadyAsync(server, cancellationToken).ConfigureAwait(false);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{database.Name}: {events:N0} behaviours loaded in {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s, {database.SizeOnDisk(data) / Megabyte:N0} MB on disk, {(double)database.SizeOnDisk(data) / events:N0} bytes each; server's memory {server.ResidentBytes / Megabyte:N0} MB"));
    }

    private static async Task MeasureAsync(ServerProcess server, ColdRequests requests, int rate, TimeSpan duration, CancellationToken cancellationToken)
    {
        await ClosedLoop.RunAsync(server.Port, requests, 2, WarmTime, cancellationToken).ConfigureAwait(false);
        Console.WriteLine("| log | load | cold rankings/s | p50 ms | p99 ms | failed | server's memory MB |");
        Console.WriteLine("|---|---|---:|---:|---:|---:|---:|");
        Report("closed, 1", await ClosedLoop.RunAsync(server.Port, requests, 1, duration, cancellationToken).ConfigureAwait(false));
        Report($"open, {rate}/s", await OpenLoop.RunAsync(server.Port, requests, rate, duration, cancellationToken).ConfigureAwait(false));

        void Report(string load, LoadResult result) => Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {server.Name} | {load} | {result.RequestsPerSecond:N0} | {result.Milliseconds(0.5):F2} | {result.Milliseconds(0.99):F2} | {result.Failed} | {server.ResidentBytes / Megabyte:N0} |"));
    }
}
