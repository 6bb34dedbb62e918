using System.Globalization;
using DinOrleans.Benchmarks.Load;
using DinOrleans.Benchmarks.Servers;

namespace DinOrleans.Benchmarks.Durability;

/// <summary>Loads a server with new behaviours, and prints a row of the table for each load.</summary>
/// <param name="server">The server.</param>
/// <param name="rate">Events a second of the open loop.</param>
/// <param name="batch">Events a request.</param>
/// <param name="duration">The time of a load.</param>
internal sealed class AppendLoad(ServerProcess server, int rate, int batch, TimeSpan duration)
{
    private const int Connections = 16;
    private const int LargeBatch = 1_000;
    private static readonly TimeSpan WarmTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FillTime = TimeSpan.FromSeconds(1);

    private readonly AppendRequests _requests = new(batch);

    /// <summary>Waits until the server ranks, and loads it for a while.</summary>
    public async Task WarmUpAsync(RankRequests rankings, CancellationToken cancellationToken)
    {
        await WarmUp.UntilReadyAsync(server, rankings, cancellationToken).ConfigureAwait(false);
        await ClosedLoop.RunAsync(server.Port, _requests, Connections, WarmTime, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Appends behaviours as fast as they are taken, until there are so many more.</summary>
    public async Task FillAsync(long events, CancellationToken cancellationToken)
    {
        var requests = new AppendRequests(LargeBatch);
        for (long appended = 0; appended < events;)
        {
            LoadResult result = await ClosedLoop.RunAsync(server.Port, requests, Connections, FillTime, cancellationToken).ConfigureAwait(false);
            appended += (long)result.Latencies.Length * LargeBatch;
        }
    }

    /// <summary>Appends at the fixed rate.</summary>
    /// <param name="note">Added to the name of the load.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task OpenAsync(string note, CancellationToken cancellationToken) => ReportAsync(
        $"open, {rate:N0} events/s{note}", () => OpenLoop.RunAsync(server.Port, _requests, (double)rate / batch, duration, cancellationToken));

    /// <summary>Appends as fast as it is taken.</summary>
    public Task ClosedAsync(CancellationToken cancellationToken) => ReportAsync(
        $"closed, {Connections}", () => ClosedLoop.RunAsync(server.Port, _requests, Connections, duration, cancellationToken));

    private async Task ReportAsync(string name, Func<Task<LoadResult>> load)
    {
        TimeSpan before = server.ProcessorTime;
        LoadResult result = await load().ConfigureAwait(false);
        double events = (double)result.Latencies.Length * batch;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {server.Name} | {name} | {events / result.Elapsed.TotalSeconds:N0} | {result.Milliseconds(0.5):F1} | {result.Milliseconds(0.99):F1} | {result.Milliseconds(1):F1} | {(server.ProcessorTime - before).TotalMicroseconds / events:F1} | {result.Failed} |"));
    }
}
