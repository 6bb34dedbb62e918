using System.Threading.RateLimiting;
using DinOrleans.Gateway.Settings;
using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway.Admission;

/// <summary>Bounds the work in hand. Health, metrics and reads need no permit.</summary>
internal sealed class WorkAdmission : IDisposable
{
    /// <summary>The length in bytes above which bodies are parsed a few at a time.</summary>
    public const int HeavyBytes = 64 * 1024;

    private const int BytesPerPermit = 1024;

    // A small write costs more than its bytes, because it takes a call of a grain and a place in a commit.
    private const int LeastPermits = 4;

    private readonly ConcurrencyLimiter _rankings;
    private readonly ConcurrencyLimiter _writes;

    // Half of the processors stay free for small requests.
    private readonly SemaphoreSlim _heavy = new(Math.Max(1, Environment.ProcessorCount / 2));

    public WorkAdmission(IOptions<GatewayOptions> options)
    {
        _rankings = Create(options.Value.MaxConcurrentRankings);
        _writes = Create((int)(options.Value.MaxWriteBytesInHand / BytesPerPermit));
    }

    /// <summary>Tells whether work of a kind with a small body would be admitted now.</summary>
    public bool HasRoom(Work work)
    {
        using RateLimitLease room = LimiterOf(work).AttemptAcquire(0);
        return room.IsAcquired;
    }

    /// <summary>Takes the permit for a body that has arrived. It is given back when the lease is disposed.</summary>
    /// <param name="work">The kind of work.</param>
    /// <param name="bytes">The length of the body. Its parsed form takes up to some tens of times as much memory.</param>
    public RateLimitLease Take(Work work, int bytes) =>
        LimiterOf(work).AttemptAcquire(work == Work.Write ? Math.Max(LeastPermits, (bytes + BytesPerPermit - 1) / BytesPerPermit) : 1);

    /// <summary>Waits for a turn to parse a heavy body, away from the threads that serve sockets.</summary>
    /// <returns>The turn, which ends when it is disposed.</returns>
    public async Task<HeavyTurn> HeavyTurnAsync(CancellationToken cancellationToken)
    {
        await _heavy.WaitAsync(cancellationToken);
        await Task.Yield();
        return new HeavyTurn(_heavy);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rankings.Dispose();
        _writes.Dispose();
        _heavy.Dispose();
    }

    private static ConcurrencyLimiter Create(int permits) => new(new ConcurrencyLimiterOptions { PermitLimit = permits });

    private ConcurrencyLimiter LimiterOf(Work work) => work == Work.Ranking ? _rankings : _writes;
}

/// <summary>A turn to parse a heavy body.</summary>
internal sealed class HeavyTurn(SemaphoreSlim turns) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => turns.Release();
}
