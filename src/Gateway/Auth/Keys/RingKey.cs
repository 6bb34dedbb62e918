using DinOrleans.Contracts.Keys;

namespace DinOrleans.Gateway.Auth.Keys;

/// <summary>A key that requests are checked by.</summary>
internal sealed class RingKey(HashedApiKey key, TokenBucket? bucket)
{
    private readonly byte[] _hash = key.Hash.ToArray();
    private long _usedAt;

    public ApiKeyInfo Info => key.Info;

    /// <summary>Whoever sends the key.</summary>
    public Caller Caller { get; } = new($"key {key.Info.Id} ({key.Info.Note})", ScopeSet.Of(key.Info.Scopes)) { Bucket = bucket };

    public bool Matches(ReadOnlySpan<char> secret) => ApiKeyText.Matches(secret, _hash);

    public void Use(DateTimeOffset now) => Volatile.Write(ref _usedAt, now.UtcTicks);

    /// <summary>When the key was last used since the last call; null where it was not.</summary>
    public DateTimeOffset? TakeUse() => Interlocked.Exchange(ref _usedAt, 0) is > 0 and var ticks ? new(ticks, TimeSpan.Zero) : null;
}
