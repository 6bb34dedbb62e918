using DinOrleans.Contracts.Users;

namespace DinOrleans.Storage.Profiles;

/// <summary>Durable user profiles.</summary>
public interface IProfileStore
{
    /// <summary>The profile of a user; null where none was put.</summary>
    Task<UserProfile?> GetAsync(string userId, CancellationToken cancellationToken);

    /// <summary>Adds or replaces profiles in one transaction; returns after the commit is on disk.</summary>
    Task PutAsync(IReadOnlyList<KeyValuePair<string, UserProfile>> profiles, CancellationToken cancellationToken);

    /// <summary>Every profile, streamed.</summary>
    IAsyncEnumerable<KeyValuePair<string, UserProfile>> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Removes a profile. Idempotent.</summary>
    Task DeleteAsync(string userId, CancellationToken cancellationToken);
}
