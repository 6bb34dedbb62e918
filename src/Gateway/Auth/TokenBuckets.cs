using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway.Auth;

/// <summary>The bucket of each caller that has proved who it is.</summary>
internal sealed class TokenBuckets(IOptions<AuthOptions> options, TimeProvider time)
{
    private const int FewestToSweep = 1_000;

    private readonly ConcurrentDictionary<string, TokenBucket> _buckets = new(StringComparer.Ordinal);
    private readonly Lock _sweeping = new();
    private int _sweepAt = FewestToSweep;

    /// <summary>The number of buckets that are held.</summary>
    public int Count => _buckets.Count;

    /// <summary>The bucket of a caller; null where callers have no limit.</summary>
    public TokenBucket? Of(string caller)
    {
        if (options.Value.RequestsPerSecond is not { } perSecond)
        {
            return null;
        }

        if (_buckets.TryGetValue(caller, out TokenBucket? bucket))
        {
            return bucket;
        }

        bucket = _buckets.GetOrAdd(caller, new TokenBucket(perSecond, options.Value.Burst, time));
        if (_buckets.Count >= Volatile.Read(ref _sweepAt))
        {
            Sweep();
        }

        return bucket;
    }

    /// <summary>Drops the buckets that are full: a new one is the same. Buckets are swept each time that twice as many are held as were left.</summary>
    private void Sweep()
    {
        lock (_sweeping)
        {
            if (_buckets.Count < _sweepAt)
            {
                return;
            }

            foreach ((string caller, TokenBucket bucket) in _buckets)
            {
                if (bucket.IsFull)
                {
                    _buckets.TryRemove(caller, out _);
                }
            }

            Volatile.Write(ref _sweepAt, Math.Max(FewestToSweep, 2 * _buckets.Count));
        }
    }
}
