namespace DinOrleans.Client;

/// <summary>The users of a server.</summary>
public interface IUsers
{
    /// <summary>Replaces the features of a user's profile. Needs the scope <c>events</c>.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="features">The values of the profile's features by name.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task PutProfileAsync(string userId, IReadOnlyDictionary<string, string> features, CancellationToken cancellationToken = default);

    /// <summary>Reads everything that is held about a user, page by page. Needs the scope <c>users.read</c>.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="pageSize">The number of behaviours and rankings of a page at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    IAsyncEnumerable<UserPage> ReadAsync(string userId, int pageSize = 1_000, CancellationToken cancellationToken = default);

    /// <summary>Returns the profile of a user with the latest behaviours and rankings. Needs the scope <c>users.read</c>.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="limit">The number of behaviours, and of rankings, at most, 1 to 100.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<RecentUser> GetRecentAsync(string userId, int limit = 20, CancellationToken cancellationToken = default);

    /// <summary>Returns a page of the users who have events or a profile. Needs the scope <c>users.read</c>.</summary>
    Task<UserIdPage> FindAsync(UserSearch search, CancellationToken cancellationToken = default);

    /// <summary>Erases a user everywhere. It may be repeated. Needs the scope <c>users.erase</c>.</summary>
    Task EraseAsync(string userId, CancellationToken cancellationToken = default);
}
