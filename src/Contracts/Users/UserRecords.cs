namespace DinOrleans.Contracts.Users;

/// <summary>What became of an append.</summary>
/// <param name="Accepted">Events applied now.</param>
/// <param name="Duplicates">Events whose id had been applied before; they changed nothing.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.AppendResult")]
public readonly record struct AppendResult([property: Id(0)] int Accepted, [property: Id(1)] int Duplicates)
{
    /// <summary>Adds the counts of two appends.</summary>
    public static AppendResult operator +(AppendResult left, AppendResult right) => Add(left, right);

    /// <inheritdoc cref="op_Addition"/>
    public static AppendResult Add(AppendResult left, AppendResult right) =>
        new(left.Accepted + right.Accepted, left.Duplicates + right.Duplicates);
}

/// <summary>Profile features of a user: feature name to value; numeric values in invariant notation.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.UserProfile")]
public sealed record UserProfile([property: Id(0)] IReadOnlyDictionary<string, string> Features);

/// <summary>Everything held about a user; behaviours and logged rankings in time order, oldest first.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.UserSnapshot")]
public sealed record UserSnapshot(
    [property: Id(0)] string UserId,
    [property: Id(1)] UserProfile Profile,
    [property: Id(2)] IReadOnlyList<BehaviourEvent> Behaviours,
    [property: Id(3)] IReadOnlyList<LoggedRanking> Rankings);
