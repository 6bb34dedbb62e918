using System.Diagnostics;
using System.Threading.Channels;

namespace DinOrleans.Benchmarks.Load;

/// <summary>
/// Callers who come at a fixed rate whether or not the ones before them were answered. Latency counts from when a request was
/// due, so that a server that stalls is charged for everyone it kept waiting.
/// </summary>
internal static class OpenLoop
{
    private const int EnoughConnections = 256;

    /// <summary>Loads a server.</summary>
    /// <param name="port">The port of the server.</param>
    /// <param name="requests">The requests to send.</param>
    /// <param name="rate">The requests per second.</param>
    /// <param name="duration">The time to send for.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="connections">More callers than these wait for one to be free.</param>
    public static async Task<LoadResult> RunAsync(
        int port, IRequestSource requests, double rate, TimeSpan duration, CancellationToken cancellationToken, int connections = EnoughConnections)
    {
        Channel<long> due = Channel.CreateUnbounded<long>(new() { SingleWriter = true });
        Task<ConnectionRecord>[] callers = [.. Enumerable.Range(0, connections).Select(_ => CallAsync(port, requests, due.Reader, cancellationToken))];
        long start = Stopwatch.GetTimestamp();
        var clock = new Thread(() => Tick(due.Writer, start, rate, duration)) { IsBackground = true, Priority = ThreadPriority.AboveNormal };
        clock.Start();
        ConnectionRecord[] records = await Task.WhenAll(callers).ConfigureAwait(false);
        return LoadResult.Merge(Stopwatch.GetElapsedTime(start), records);
    }

    private static void Tick(ChannelWriter<long> due, long start, double rate, TimeSpan duration)
    {
        double ticks = Stopwatch.Frequency / rate;
        int count = (int)(duration.TotalSeconds * rate);
        for (int i = 0; i < count; i++)
        {
            long time = start + (long)(i * ticks);
            FineSleep.Until(time);
            due.TryWrite(time);
        }

        due.Complete();
    }

    private static async Task<ConnectionRecord> CallAsync(int port, IRequestSource requests, ChannelReader<long> due, CancellationToken cancellationToken)
    {
        var record = new ConnectionRecord();
        using ILoadConnection connection = await requests.OpenAsync(port, cancellationToken).ConfigureAwait(false);
        await foreach (long time in due.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            ReadOnlyMemory<byte> answer = await connection.SendAsync(requests.Next(), cancellationToken).ConfigureAwait(false);
            record.Add(answer.Span, time);
        }

        return record;
    }
}
