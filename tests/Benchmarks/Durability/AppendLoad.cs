using System.Globalization;
using DinOrleans.Benchmarks.Load;

namespace DinOrleans.Benchmarks.Durability;

/// <summary>Loads a server with new behaviours, and prints a row of the table for each load.</summary>
/// <param name="server">The server.</param>
/// <param name="rate">Events a second of the open loop.</param>
/// <param name="batch">Events a request.</param>
/// <param name="duration">The time of a load.</param>
internal sealed class AppendLoad(AppendServer server, int rate, int batch, TimeSpan duration)
{
    private const int Connections = 16;
    private static readonly TimeSpan WarmTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FillTime = TimeSpan.FromSeconds(5);

    private readonly AppendRequests _requests = new(batch);

    /// <summary>Writes the head of the table.</summary>
    public static void WriteHeader()
    {
        Console.WriteLine("| log | tree | load | events/s acknowledged | p50 ms | p99 ms | longest ms | CPU µs per event | failed requests |");
        Console.WriteLine("|---|---|---|---:|---:|---:|---:|---:|---:|");
    }

    /// <summary>Waits until the server ranks, and loads it for a while.</summary>
    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        await WarmUp.UntilReadyAsync(server.Process, cancellationToken).ConfigureAwait(false);
        await ClosedLoop.RunAsync(server.Process.Port, _requests, Connections, WarmTime, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Appends behaviours as fast as they are taken, until there are so many more.</summary>
    public async Task FillAsync(long events, CancellationToken cancellationToken)
    {
        for (long appended = 0; appended < events;)
        {
            LoadResult result = await ClosedLoop.RunAsync(server.Process.Port, _requests, Connections, FillTime, cancellationToken).ConfigureAwait(false);
            appended += (long)result.Latencies.Length * batch;
        }
    }

    /// <summary>Appends at the fixed rate.</summary>
    /// <param name="note">Added to the name of the load.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task OpenAsync(string note, CancellationToken cancellationToken) => ReportAsync(
        $"open, {rate:N0} events/s{note}", () => OpenLoop.RunAsync(server.Process.Port, _requests, (double)rate / batch, duration, cancellationToken));

    /// <summary>Appends as fast as it is taken.</summary>
    public Task ClosedAsync(CancellationToken cancellationToken) => ReportAsync(
        $"closed, {Connections}", () => ClosedLoop.RunAsync(server.Process.Port, _requests, Connections, duration, cancellationToken));

    private async Task ReportAsync(string name, Func<Task<LoadResult>> load)
    {
        TimeSpan before = server.Process.ProcessorTime;
        LoadResult result = await load().ConfigureAwait(false);
        double events = (double)result.Latencies.Length * batch;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {server.Log} | {server.Process.Name} | {name} | {events / result.Elapsed.TotalSeconds:N0} | {result.Milliseconds(0.5):F1} | {result.Milliseconds(0.99):F1} | {result.Milliseconds(1):F1} | {(server.Process.ProcessorTime - before).TotalMicroseconds / events:F1} | {result.Failed} |"));
    }
}
