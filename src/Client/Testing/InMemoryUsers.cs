using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace DinOrleans.Client.Testing;

/// <summary>Users in memory. They have no logged rankings.</summary>
public sealed class InMemoryUsers : IUsers
{
    private static readonly Dictionary<string, string> None = [];

    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> _profiles = new(StringComparer.Ordinal);
    private readonly InMemoryEvents _events;

    internal InMemoryUsers(InMemoryEvents events) => _events = events;

    /// <inheritdoc/>
    public Task PutProfileAsync(string userId, IReadOnlyDictionary<string, string> features, CancellationToken cancellationToken = default)
    {
        _profiles[userId] = features;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<UserPage> ReadAsync(string userId, int pageSize = 1_000, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        yield return new UserPage { UserId = userId, Features = _profiles.GetValueOrDefault(userId) ?? None, Behaviours = _events.Of(userId), Rankings = [] };
    }

    /// <inheritdoc/>
    public Task<RecentUser> GetRecentAsync(string userId, int limit = 20, CancellationToken cancellationToken = default) => Task.FromResult(new RecentUser
    {
        UserId = userId,
        Features = _profiles.GetValueOrDefault(userId) ?? None,
        Behaviours = [.. _events.Of(userId).Reverse().Take(limit)],
        Rankings = [],
    });

    /// <inheritdoc/>
    public Task<UserIdPage> FindAsync(UserSearch search, CancellationToken cancellationToken = default)
    {
        IEnumerable<string> users = _events.All.Select(e => e.UserId);
        if (search.Random)
        {
            string[] drawn = [.. users.Distinct()];
            Random.Shared.Shuffle(drawn);
            return Task.FromResult(new UserIdPage([.. drawn.Take(search.Limit)], Next: null));
        }

        string[] found =
        [
            .. users.Concat(_profiles.Keys).Distinct()
                .Where(u => u.StartsWith(search.Prefix, StringComparison.Ordinal) && (search.After is null || string.CompareOrdinal(u, search.After) > 0))
                .Order(StringComparer.Ordinal)
                .Take(search.Limit + 1),
        ];
        return Task.FromResult(found.Length > search.Limit ? new UserIdPage(found[..search.Limit], found[search.Limit - 1]) : new UserIdPage(found, Next: null));
    }

    /// <inheritdoc/>
    public Task EraseAsync(string userId, CancellationToken cancellationToken = default)
    {
        _profiles.TryRemove(userId, out _);
        _events.Remove(userId);
        return Task.CompletedTask;
    }
}
