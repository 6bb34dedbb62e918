using System.Data.Common;
using DinOrleans.Storage.Erasures;

namespace DinOrleans.Storage.Sqlite;

/// <summary>Erasures as statements of the embedded database.</summary>
internal static class SqliteErasure
{
    /// <summary>Selects every tombstone.</summary>
    public const string Tombstones = "SELECT user_id, erased_until FROM users WHERE erased_until IS NOT NULL";

    /// <summary>Reads a row of <see cref="Tombstones"/>.</summary>
    public static Erasure Read(DbDataReader row) => new(row.GetString(0), new DateTimeOffset(row.GetInt64(1), TimeSpan.Zero));

    /// <inheritdoc cref="IErasureStore.ApplyAsync"/>
    /// <returns>True where the user had to be erased.</returns>
    public static bool Apply(WriteSession session, Erasure erasure)
    {
        long until = erasure.Until.UtcTicks;
        if (session.Scalar("SELECT erased_until FROM users WHERE user_id = $0", erasure.UserId) is long held && held >= until)
        {
            return false;
        }

        long user = session.Number("users", "user_id", erasure.UserId);
        session.Execute("UPDATE users SET erased_until = $1 WHERE id = $0", user, until);
        session.Execute("DELETE FROM events WHERE user = $0 AND time <= $1", user, until);
        session.Execute("DELETE FROM rankings WHERE user_id = $0 AND time <= $1", erasure.UserId, until);
        session.Execute("DELETE FROM profiles WHERE user_id = $0", erasure.UserId);
        session.Forget(erasure.UserId);
        SqliteCompaction.Ask(session);
        return true;
    }
}
