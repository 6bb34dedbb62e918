namespace DinOrleans.Contracts.Users;

/// <summary>What became of an append.</summary>
/// <param name="Accepted">Events applied now.</param>
/// <param name="Duplicates">Events whose id had been applied before; they changed nothing.</param>
/// <param name="Erased">
/// Events that were dropped because their user was erased and they happened before the erasure, or within the tolerance for clocks after it.
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

/// <summary>Profile features of a user: feature name to value; numeric values in invariant notation.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.UserProfile")]
public sealed record UserProfile([property: Id(0)] IReadOnlyDictionary<string, string> Features);

/// <summary>Which page of what is held about a user is read.</summary>
/// <param name="Limit">Behaviours and rankings on the page together, 1 to <see cref="InputLimits.PageRows"/>, the default.</param>
/// <param name="After"><see cref="UserPage.Next"/> of the page before; null for the first page.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.UserPageQuery")]
public sealed record UserPageQuery([property: Id(0)] int Limit = InputLimits.PageRows, [property: Id(1)] string? After = null);

/// <summary>
/// One page of everything held about a user. The pages hold all behaviours first and then all logged rankings, each in time order, oldest
/// first; the profile is on every page.
/// </summary>
/// <param name="UserId">The user.</param>
/// <param name="Profile">The profile.</param>
/// <param name="Behaviours">The page's events, impressions among them.</param>
/// <param name="Rankings">The page's rankings.</param>
/// <param name="Next">Where the next page starts; null where this is the last page.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.UserPage")]
public sealed record UserPage(
    [property: Id(0)] string UserId,
    [property: Id(1)] UserProfile Profile,
    [property: Id(2)] IReadOnlyList<BehaviourEvent> Behaviours,
    [property: Id(3)] IReadOnlyList<LoggedRanking> Rankings,
    [property: Id(4)] string? Next);
