using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace DinOrleans.Storage.Sqlite;

/// <summary>Tells what an error of the embedded database means.</summary>
internal static class SqliteFault
{
    /// <summary>True where the same call may succeed later: another process holds the file, the disk is full or fails, or memory or descriptors are short.</summary>
    public static bool IsTemporary(Exception error) => error is SqliteException
    {
        SqliteErrorCode: SQLITE_BUSY or SQLITE_LOCKED or SQLITE_FULL or SQLITE_IOERR or SQLITE_CANTOPEN or SQLITE_NOMEM or SQLITE_PROTOCOL or SQLITE_INTERRUPT,
    };

    /// <summary>True where the file is damaged.</summary>
    public static bool IsDamage(Exception error) => error is SqliteException { SqliteErrorCode: SQLITE_CORRUPT or SQLITE_NOTADB };

    /// <summary>True where one statement is to blame and its transaction can go on without it.</summary>
    public static bool IsOfStatement(Exception error) => error is SqliteException
    {
        SqliteErrorCode: SQLITE_CONSTRAINT or SQLITE_TOOBIG or SQLITE_MISMATCH or SQLITE_RANGE or SQLITE_ERROR,
    };
}
