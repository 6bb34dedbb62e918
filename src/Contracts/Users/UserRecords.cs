namespace DinOrleans.Contracts.Users;

/// <summary>What an append did with its events.</summary>
/// <param name="Accepted">The number of events that were applied.</param>
/// <param name="Duplicates">The number of events whose id was applied before. They changed nothing.</param>
/// <param name="Erased">
/// The number of events that were dropped because their user was erased and they happened before the erasure, or within the tolerance for clocks after it.
/// </param>
[GenerateSerializer, Immutable, Alias("DinOrleans.AppendResult")]
public readonly record struct AppendResult([property: Id(0)] int Accepted, [property: Id(1)] int Duplicates, [property: Id(2)] int Erased = 0)
{
    /// <summary>Adds the counts of two appends.</summary>
    public static AppendResult operator +(AppendResult left, AppendResult right) => Add(left, right);

    /// <inheritdoc cref="op_Addition"/>
    public static AppendResult Add(AppendResult left, AppendResult right) =>
        new(left.Accepted + right.Accepted, left.Duplicates + right.Duplicates, left.Erased + right.Erased);
}

/// <summary>The profile of a user.</summary>
/// <param name="Features">The value of each feature by its name. Numbers are in invariant notation. A missing value is left out.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.UserProfile")]
public sealed record UserProfile([property: Id(0)] IReadOnlyDictionary<string, string> Features);

/// <summary>Selects a page of what is held about a user.</summary>
/// <param name="Limit">The most behaviours and rankings on the page together, 1 to <see cref="InputLimits.PageRows"/>, the default.</param>
/// <param name="After"><see cref="UserPage.Next"/> of the page before. Null for the first page.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.UserPageQuery")]
public sealed record UserPageQuery([property: Id(0)] int Limit = InputLimits.PageRows, [property: Id(1)] string? After = null);

/// <summary>
/// One page of everything held about a user. The pages hold all behaviours first and then all logged rankings, each in time order, oldest
/// first. The profile is on every page.
/// </summary>
/// <param name="UserId">The user.</param>
/// <param name="Profile">The profile.</param>
/// <param name="Behaviours">The page's events, impressions among them.</param>
/// <param name="Rankings">The page's rankings.</param>
/// <param name="Next">The place where the next page starts. Null where this is the last page.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.UserPage")]
public sealed record UserPage(
    [property: Id(0)] string UserId,
    [property: Id(1)] UserProfile Profile,
    [property: Id(2)] IReadOnlyList<BehaviourEvent> Behaviours,
    [property: Id(3)] IReadOnlyList<LoggedRanking> Rankings,
    [property: Id(4)] string? Next);
