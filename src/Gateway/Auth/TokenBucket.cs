namespace DinOrleans.Gateway.Auth;

/// <summary>A token bucket: it is filled at a constant rate up to its capacity, and each request takes one token.</summary>
/// <param name="perSecond">The tokens that are added per second, above 0.</param>
/// <param name="capacity">The tokens that a full bucket has, at least 1.</param>
/// <param name="time">The clock.</param>
internal sealed class TokenBucket(double perSecond, int capacity, TimeProvider time)
{
    private readonly Lock _lock = new();
    private double _tokens = capacity;
    private long _at = time.GetTimestamp();

    /// <summary>True where the bucket is full, as a new one is.</summary>
    public bool IsFull
    {
        get
        {
            lock (_lock)
            {
                Fill();
                return _tokens >= capacity;
            }
        }
    }

    /// <summary>Takes a token.</summary>
    /// <param name="wait">The time until there is one, where there is none.</param>
    /// <returns>False where there is none.</returns>
    public bool TryTake(out TimeSpan wait)
    {
        lock (_lock)
        {
            Fill();
            if (_tokens >= 1)
            {
                _tokens--;
                wait = TimeSpan.Zero;
                return true;
            }

            wait = TimeSpan.FromSeconds((1 - _tokens) / perSecond);
            return false;
        }
    }

    private void Fill()
    {
        long now = time.GetTimestamp();
        _tokens = Math.Min(capacity, _tokens + (time.GetElapsedTime(_at, now).TotalSeconds * perSecond));
        _at = now;
    }
}
