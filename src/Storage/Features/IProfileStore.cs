using DinOrleans.Contracts.Users;

namespace DinOrleans.Storage.Features;

/// <summary>Durable user profiles.</summary>
public interface IProfileStore
{
    /// <summary>The profile of a user; null where none was put.</summary>
    Task<UserProfile?> GetAsync(string userId, CancellationToken cancellationToken);

    /// <summary>Adds or replaces profiles in one transaction; returns after the commit is on disk.</summary>
    Task PutAsync(IReadOnlyList<KeyValuePair<string, UserProfile>> profiles, CancellationToken cancellationToken);

    /// <summary>
    /// Adds the profiles of a dataset in one transaction. A user who has a profile keeps it, and a user who was ever erased gets none: a
    /// dataset that is loaded again must not bring back what was erased or changed since.
    /// </summary>
    Task AddAsync(IReadOnlyList<KeyValuePair<string, UserProfile>> profiles, CancellationToken cancellationToken);

    /// <summary>Every profile, streamed.</summary>
    IAsyncEnumerable<KeyValuePair<string, UserProfile>> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Removes a profile. Idempotent.</summary>
    Task DeleteAsync(string userId, CancellationToken cancellationToken);
}
