namespace DinOrleans.Storage.Postgres;

/// <summary>
/// Keeps an erasure apart from writes that look for the tombstone of a user who may have no row to lock: those share it, an erasure has it
/// alone, and what takes it after an erasure sees the tombstone.
/// </summary>
internal static class ErasureLock
{
    private const long Key = PostgresMigration.LockKey + 2;

    /// <summary>A statement for the start of a write's batch.</summary>
    public static readonly string Shared = $"DO 'BEGIN PERFORM pg_advisory_xact_lock_shared({Key}); END'";

    /// <summary>A statement for the start of an erasure's batch.</summary>
    public static readonly string Alone = $"DO 'BEGIN PERFORM pg_advisory_xact_lock({Key}); END'";
}
