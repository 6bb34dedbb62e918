namespace DinOrleans.Storage.Erasures;

/// <summary>The erasure of one user.</summary>
/// <param name="UserId">The id of the user.</param>
/// <param name="Until">The time of the tombstone. No event up to this time is accepted.</param>
public sealed record Erasure(string UserId, DateTimeOffset Until);
