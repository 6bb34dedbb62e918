namespace DinOrleans.Storage.Postgres;

/// <summary>
/// Keeps an erasure apart from writes that look for the tombstone of a user who may have no row to lock. Writes share the lock, and an erasure
/// holds it alone, so that a write that takes the lock after an erasure sees the tombstone.
/// </summary>
internal static class ErasureLock
{
    private const long Key = PostgresMigration.LockKey + 2;

    /// <summary>The statement with which the batch of a write begins.</summary>
    public static readonly string Shared = $"DO 'BEGIN PERFORM pg_advisory_xact_lock_shared({Key}); END'";

    /// <summary>The statement with which the batch of an erasure begins.</summary>
    public static readonly string Alone = $"DO 'BEGIN PERFORM pg_advisory_xact_lock({Key}); END'";
}
