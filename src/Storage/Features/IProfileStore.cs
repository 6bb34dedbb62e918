using DinOrleans.Contracts.Users;

namespace DinOrleans.Storage.Features;

/// <summary>Keeps the profiles of users.</summary>
public interface IProfileStore
{
    /// <summary>Reads the profile of a user; null where the user has none.</summary>
    Task<UserProfile?> GetAsync(string userId, CancellationToken cancellationToken);

    /// <summary>Adds or replaces profiles in one transaction, and returns after the commit is on disk.</summary>
    Task PutAsync(IReadOnlyList<KeyValuePair<string, UserProfile>> profiles, CancellationToken cancellationToken);

    /// <summary>
    /// Adds the profiles of a dataset in one transaction. A user who has a profile keeps it, and a user who was ever erased gets none, because a
    /// dataset that is loaded again must not bring back what was erased or changed since.
    /// </summary>
    Task AddAsync(IReadOnlyList<KeyValuePair<string, UserProfile>> profiles, CancellationToken cancellationToken);

    /// <summary>Streams every profile.</summary>
    IAsyncEnumerable<KeyValuePair<string, UserProfile>> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Removes a profile. The call is idempotent.</summary>
    Task DeleteAsync(string userId, CancellationToken cancellationToken);
}
