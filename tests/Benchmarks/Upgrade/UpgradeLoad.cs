using DinOrleans.Benchmarks.Durability;
using DinOrleans.Benchmarks.Load;

namespace DinOrleans.Benchmarks.Upgrade;

/// <summary>Rankings and events at constant rates, whether or not those before were answered.</summary>
/// <param name="rankings">The rankings.</param>
/// <param name="options">The rates.</param>
internal sealed class UpgradeLoad(RankRequests rankings, UpgradeOptions options)
{
    private const int EventsPerRequest = 10;
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(5);

    private readonly AppendRequests _events = new(EventsPerRequest);

    /// <summary>The events that were acknowledged so far.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>Loads a gateway until something is done, and for a few seconds at least.</summary>
    public async Task<Phase> RunWhileAsync(string name, int port, Task work, CancellationToken cancellationToken)
    {
        List<LoadResult> ranked = [];
        List<LoadResult> appended = [];
        do
        {
            LoadResult[] both = await Task.WhenAll(
                OpenLoop.RunAsync(port, rankings, options.Rankings, Slice, cancellationToken),
                OpenLoop.RunAsync(port, _events, (double)options.Events / EventsPerRequest, Slice, cancellationToken)).ConfigureAwait(false);
            ranked.Add(both[0]);
            appended.Add(both[1]);
            Acknowledged += (long)both[1].Latencies.Length * EventsPerRequest;
        }
        while (!work.IsCompleted);
        await work.ConfigureAwait(false);
        return new(name, LoadResult.Sum(ranked), LoadResult.Sum(appended));
    }
}

/// <summary>What was answered during one part of an upgrade.</summary>
/// <param name="Name">The name of the part.</param>
/// <param name="Rankings">The rankings.</param>
/// <param name="Appends">The requests with events.</param>
internal sealed record Phase(string Name, LoadResult Rankings, LoadResult Appends);
