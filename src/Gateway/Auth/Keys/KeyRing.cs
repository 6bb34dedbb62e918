using System.Collections.Frozen;
using DinOrleans.Contracts.Keys;
using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway.Auth.Keys;

/// <summary>The keys as the cluster last told them.</summary>
internal sealed class KeyRing(TokenBuckets buckets, IOptions<AuthOptions> options, TimeProvider time)
{
    private volatile Snapshot? _last;

    /// <summary>The revision of the keys; -1 where the cluster has told none yet.</summary>
    public long Revision => _last?.Revision ?? -1;

    /// <summary>True where the cluster has told the keys, and not too long ago.</summary>
    public bool IsKnown => _last is { } last && time.GetElapsedTime(Volatile.Read(ref last.At)) <= options.Value.KeysMaxAge;

    /// <summary>Finds a key by its id; null where there is none.</summary>
    public RingKey? Find(ReadOnlySpan<char> id) => _last is { } last && last.ById.TryGetValue(id, out RingKey? key) ? key : null;

    /// <summary>Takes what the cluster has told now: other keys, or null where they are the same.</summary>
    public void Take(HashedApiKeys? told)
    {
        if (told is not null)
        {
            _last = new(told.Revision, told.Keys.ToFrozenDictionary(k => k.Info.Id, k => new RingKey(k, buckets.Of(k.Info.Id)), StringComparer.Ordinal), time.GetTimestamp());
        }
        else if (_last is { } last)
        {
            Volatile.Write(ref last.At, time.GetTimestamp());
        }
    }

    /// <summary>Takes which keys were used since the last call.</summary>
    public Dictionary<string, DateTimeOffset> TakeUses()
    {
        Dictionary<string, DateTimeOffset> uses = [];
        foreach (RingKey key in _last?.All ?? [])
        {
            if (key.TakeUse() is { } at)
            {
                uses.Add(key.Info.Id, at);
            }
        }

        return uses;
    }

    /// <summary>True where a key works that may make others.</summary>
    public bool HasAdmin(DateTimeOffset now) => _last is { } last && last.All.Any(k => k.Info.IsUsable(now) && k.Info.Scopes.Contains(ApiScopes.Admin));

    private sealed class Snapshot(long revision, FrozenDictionary<string, RingKey> keys, long at)
    {
        public long At = at;

        public long Revision => revision;

        public IReadOnlyList<RingKey> All => keys.Values;

        public FrozenDictionary<string, RingKey>.AlternateLookup<ReadOnlySpan<char>> ById { get; } = keys.GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
