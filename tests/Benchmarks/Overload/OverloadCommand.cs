using System.CommandLine;
using System.Globalization;
using DinOrleans.Benchmarks.Cli;
using DinOrleans.Benchmarks.Load;
using DinOrleans.Benchmarks.Servers;
using DinOrleans.Benchmarks.Shop;

namespace DinOrleans.Benchmarks.Overload;

/// <summary><c>overload</c>: our server at its capacity, at three times that, and right after.</summary>
internal static class OverloadCommand
{
    private const int CapacityConnections = 16;
    private const int Connections = 1_500;
    private const double Overload = 3;
    private const double AfterShare = 0.5;
    private const double Megabyte = 1024 * 1024;

    /// <summary>The server may take this long to recover.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var shapes = RankShapeOption.Create();
        var seconds = CommonOptions.Number("--seconds", "Length of a load.", 10, 1, 600);
        var settings = new Option<string[]>("--setting") { Description = "Configuration of the server, for example Scoring:Kernel=Fused.", DefaultValueFactory = _ => [] };
        var scratch = CommonOptions.Scratch();
        var command = new Command("overload", "Loads our server with three times what it can do.") { shapes, seconds, settings, scratch };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            string folder = Path.GetFullPath(arguments.GetValue(scratch)!);
            RankShape shape = arguments.GetValue(shapes) is { Length: > 0 } some ? some[0] : new(100, 50);
            BenchmarkShop shop = BenchmarkShop.In(Path.Combine(folder, $"shop-{shape.History}"), shape.History);
            var contestant = new StandaloneServer("ours", Repository.Folder(), Path.Combine(folder, "data"), _ => shop, arguments.GetValue(settings)!);
            await contestant.BuildAsync(cancellationToken).ConfigureAwait(false);
            using ServerProcess server = contestant.Start(shape);
            await MeasureAsync(server, shape, TimeSpan.FromSeconds(arguments.GetValue(seconds)), cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task MeasureAsync(ServerProcess server, RankShape shape, TimeSpan duration, CancellationToken cancellationToken)
    {
        var requests = new RankRequests(shape);
        await WarmUp.RunAsync(server, shape, requests, cancellationToken).ConfigureAwait(false);
        Console.WriteLine("| load | rankings/s | p50 ms | p99 ms | refused/s | p99 ms of refusals | failed | RSS MB | server's cores | generator's cores |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        LoadResult capacity = await ReportAsync(
            $"closed, {CapacityConnections}", () => ClosedLoop.RunAsync(server.Port, requests, CapacityConnections, duration, cancellationToken)).ConfigureAwait(false);
        double rate = capacity.RequestsPerSecond;
        await ReportAsync("open, 3 times that", () => OpenAsync(Overload, duration)).ConfigureAwait(false);
        await OpenAsync(AfterShare, Recovery).ConfigureAwait(false);
        await ReportAsync("open, half of that, from a second after", () => OpenAsync(AfterShare, duration)).ConfigureAwait(false);

        Task<LoadResult> OpenAsync(double share, TimeSpan length) =>
            OpenLoop.RunAsync(server.Port, requests, rate * share, length, cancellationToken, Connections);

        async Task<LoadResult> ReportAsync(string load, Func<Task<LoadResult>> run)
        {
            (TimeSpan Server, TimeSpan Generator) before = (server.ProcessorTime, Environment.CpuUsage.TotalTime);
            LoadResult result = await run().ConfigureAwait(false);
            double servers = (server.ProcessorTime - before.Server) / result.Elapsed;
            double generators = (Environment.CpuUsage.TotalTime - before.Generator) / result.Elapsed;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {load} | {result.RequestsPerSecond:N0} | {result.Milliseconds(0.5):F1} | {result.Milliseconds(0.99):F1} | {result.Refusals.Length / result.Elapsed.TotalSeconds:N0} | {result.RefusalMilliseconds(0.99):F1} | {result.Failed} | {server.ResidentBytes / Megabyte:N0} | {servers:F2} | {generators:F2} |"));
            return result;
        }
    }
}
