using System.CommandLine;
using System.Globalization;
using DinOrleans.Benchmarks.Cli;
using DinOrleans.Benchmarks.Durability;
using DinOrleans.Benchmarks.Load;
using DinOrleans.Benchmarks.Servers;
using DinOrleans.TestMachine;

namespace DinOrleans.Benchmarks.Search;

/// <summary><c>search</c>: how long the console waits for a page of users or items where there are many.</summary>
internal static class SearchCommand
{
    private const int Connections = 1;

    public static Command Create()
    {
        var rows = CommonOptions.Number("--rows", "Users with events, and as many items.", 1_000_000, 1_000, 20_000_000);
        var seconds = CommonOptions.Number("--seconds", "Length of the load of each kind of request.", 5, 1, 600);
        var log = new Option<string>("--log") { Description = $"{Database.Sqlite} or {Database.Postgres}.", DefaultValueFactory = _ => Database.Sqlite };
        log.AcceptOnlyFromAmong(Database.Sqlite, Database.Postgres);
        var scratch = CommonOptions.Scratch();
        var command = new Command("search", "Measures the searches and pages of the console over many users and items.") { rows, seconds, log, scratch };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            string repository = Repository.Folder();
            await DotnetBuild.RunAsync(Path.Combine(repository, "src", "Standalone"), cancellationToken).ConfigureAwait(false);
            int count = arguments.GetValue(rows);
            using Database database = Database.Start(arguments.GetValue(log)!);
            string data = database.DataFolder(Path.GetFullPath(arguments.GetValue(scratch)!), string.Create(CultureInfo.InvariantCulture, $"search-{count}"));
            await SearchShop.PrepareAsync(data, database.ConnectionString, count, cancellationToken).ConfigureAwait(false);
            using ServerProcess server = Start(StandaloneServer.Program(repository), data, database);
            await WarmUp.UntilAnswersAsync(server, cancellationToken).ConfigureAwait(false);
            await MeasureAsync(server, count, TimeSpan.FromSeconds(arguments.GetValue(seconds)), cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task MeasureAsync(ServerProcess server, int rows, TimeSpan duration, CancellationToken cancellationToken)
    {
        Console.WriteLine("| log | request | requests | p50 ms | p99 ms | longest ms | failed |");
        Console.WriteLine("|---|---|---:|---:|---:|---:|---:|");
        foreach (SearchRequests requests in SearchRequests.All(rows))
        {
            // The first of each kind compiles code, and that for popular items has them counted.
            await ClosedLoop.RunAsync(server.Port, requests, Connections, duration / 2, cancellationToken).ConfigureAwait(false);
            LoadResult result = await ClosedLoop.RunAsync(server.Port, requests, Connections, duration, cancellationToken).ConfigureAwait(false);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {server.Name} | `{requests.Name}` | {result.Latencies.Length:N0} | {result.Milliseconds(0.5):F2} | {result.Milliseconds(0.99):F2} | {result.Milliseconds(1):F1} | {result.Failed} |"));
        }
    }

    private static ServerProcess Start(string program, string data, Database database)
    {
        int port = FreePort.Take(1)[0];
        string[] arguments =
        [
            "--data", data,
            "--urls", $"http://127.0.0.1:{port}",
            $"--Silo:SiloPort={FreePort.Take(1)[0]}",
            $"--Silo:GatewayPort={FreePort.Take(1)[0]}",
            .. database.Settings.Select(s => "--" + s),
        ];
        return ServerProcess.Start(database.Name, program, port, arguments, new Dictionary<string, string>());
    }
}
