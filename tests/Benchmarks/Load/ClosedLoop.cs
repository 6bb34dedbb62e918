using System.Diagnostics;

namespace DinOrleans.Benchmarks.Load;

/// <summary>A number of callers, each asking again as soon as it is answered.</summary>
internal static class ClosedLoop
{
    public static async Task<LoadResult> RunAsync(int port, IRequestSource requests, int connections, TimeSpan duration, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        long end = start + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        ConnectionRecord[] records = await Task.WhenAll(
            Enumerable.Range(0, connections).Select(_ => CallAsync(port, requests, end, cancellationToken))).ConfigureAwait(false);
        return LoadResult.Merge(Stopwatch.GetElapsedTime(start), records);
    }

    private static async Task<ConnectionRecord> CallAsync(int port, IRequestSource requests, long end, CancellationToken cancellationToken)
    {
        var record = new ConnectionRecord();
        using ILoadConnection connection = await requests.OpenAsync(port, cancellationToken).ConfigureAwait(false);
        for (long sent = Stopwatch.GetTimestamp(); sent < end; sent = Stopwatch.GetTimestamp())
        {
            ReadOnlyMemory<byte> answer = await connection.SendAsync(requests.Next(), cancellationToken).ConfigureAwait(false);
            record.Add(answer.Span, sent);
        }

        return record;
    }
}
