using Orleans.CodeGeneration;

namespace DinOrleans.Contracts.Users;

/// <summary>Finds users by the beginnings of their ids. Its key is 0.</summary>
[Alias("DinOrleans.IUserDirectoryGrain"), Version(1)]
public interface IUserDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>Finds users who have events or a profile.</summary>
    /// <exception cref="InvalidInputException">The search breaks a rule.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read now. Try again.</exception>
    [Alias("Find"), ResponseTimeout(CallDeadlines.Usual)]
    Task<UserIdPage> FindAsync(UserSearch search, CancellationToken cancellationToken = default);
}

/// <summary>Selects a page of users.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.UserSearch")]
public sealed record UserSearch
{
    /// <summary>The beginning of the ids, at most 200 characters. Empty for all users.</summary>
    [Id(0)]
    public string Prefix { get; init; } = "";

    /// <summary><see cref="UserIdPage.Next"/> of the page before. Null for the first page.</summary>
    [Id(1)]
    public string? After { get; init; }

    /// <summary>The most users on the page, 1 to <see cref="InputLimits.SearchRows"/>.</summary>
    [Id(2)]
    public int Limit { get; init; } = 20;

    /// <summary>True for users who have events, from a random place on, whatever their ids. There is no next page.</summary>
    [Id(3)]
    public bool Random { get; init; }
}

/// <summary>One page of users.</summary>
/// <param name="UserIds">The ids, in ascending order unless a random place was asked for.</param>
/// <param name="Next">The place where the next page starts. Null where this is the last page.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.UserIdPage")]
public sealed record UserIdPage([property: Id(0)] IReadOnlyList<string> UserIds, [property: Id(1)] string? Next);
