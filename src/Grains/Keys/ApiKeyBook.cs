using DinOrleans.Contracts;
using DinOrleans.Contracts.Keys;

namespace DinOrleans.Grains.Keys;

/// <summary>The rules by which keys are made, used and forgotten, for the keys that are kept. Pure: what is decided is stored before it is told.</summary>
internal static class ApiKeyBook
{
    /// <summary>How much later a use must be than the one that is stored, so that each key costs at most one write in this time.</summary>
    public static readonly TimeSpan UsesAreStoredEvery = TimeSpan.FromMinutes(1);

    /// <summary>Makes a key.</summary>
    /// <exception cref="InvalidInputException">The key breaks a rule.</exception>
    /// <exception cref="ConflictException">A key with the id exists, or there are as many keys as there may be.</exception>
    public static ApiKeyInfo Make(IReadOnlyList<HashedApiKey> keys, NewApiKey key, DateTimeOffset now)
    {
        ApiKeyRules.Check(key, now).ThrowIfAny();
        if (keys.Any(k => k.Info.Id == key.Id))
        {
            throw new ConflictException("id", "must not be that of another key");
        }

        if (keys.Count(k => k.Info.IsUsable(now)) >= ApiKeyRules.MaxKeys)
        {
            throw new ConflictException("keys", $"are at most {ApiKeyRules.MaxKeys:N0} at a time; revoke one first");
        }

        return new ApiKeyInfo { Id = key.Id, Note = key.Note, Scopes = key.Scopes, CreatedAt = now, ExpiresAt = key.ExpiresAt };
    }

    /// <summary>True where a key works that may make others.</summary>
    public static bool HasAdmin(IReadOnlyList<HashedApiKey> keys, DateTimeOffset now) =>
        keys.Any(k => k.Info.IsUsable(now) && k.Info.Scopes.Contains(ApiScopes.Admin));

    /// <summary>The uses that are worth a write. A time ahead of this clock counts as the present.</summary>
    public static Dictionary<string, DateTimeOffset> Due(IReadOnlyList<HashedApiKey> keys, IReadOnlyDictionary<string, DateTimeOffset> used, DateTimeOffset now)
    {
        Dictionary<string, DateTimeOffset> due = [];
        if (used.Count == 0)
        {
            return due;
        }

        foreach (ApiKeyInfo key in keys.Select(k => k.Info))
        {
            if (used.TryGetValue(key.Id, out DateTimeOffset at) && (key.LastUsedAt is not { } last || Earlier(at, now) - last >= UsesAreStoredEvery))
            {
                due.Add(key.Id, Earlier(at, now));
            }
        }

        return due;
    }

    /// <summary>The ids of keys that ended long ago.</summary>
    public static IReadOnlyList<string> Forgettable(IReadOnlyList<HashedApiKey> keys, DateTimeOffset now) =>
        [.. keys.Select(k => k.Info).Where(k => (k.RevokedAt ?? k.ExpiresAt) <= now - ApiKeyRules.KeptAfterItsEnd).Select(k => k.Id)];

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
