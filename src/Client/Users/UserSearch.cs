namespace DinOrleans.Client;

/// <summary>Selects users by the beginnings of their ids.</summary>
public sealed record UserSearch
{
    /// <summary>The beginning of the ids, at most 200 characters. Capital letters count. Empty for all users.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>True for users who have events, from a random place on.</summary>
    public bool Random { get; init; }

    /// <summary>The number of users of the page at most, 1 to 100. Default 20.</summary>
    public int Limit { get; init; } = 20;

    /// <summary>The <see cref="UserIdPage.Next"/> of the page before; null for the first page.</summary>
    public string? After { get; init; }
}

/// <summary>A page of users.</summary>
/// <param name="Users">The ids, in ascending order unless a random place was asked for.</param>
/// <param name="Next">Names the next page; null on the last one.</param>
public sealed record UserIdPage(IReadOnlyList<string> Users, string? Next);
