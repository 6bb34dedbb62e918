using DinOrleans.Storage.Folders;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace DinOrleans.Storage.Sqlite;

/// <summary>Copies an embedded database beside the server that writes it.</summary>
/// <remarks>
/// The pages are copied in one read transaction, so the copy is a state of the database, and it holds every commit from before it began. A reader of a
/// write-ahead log does not block the writer. It does keep the log from being emptied, so the copy is made of pages, which is many times faster than
/// rebuilding the tables as <c>VACUUM INTO</c> does, and the log that has grown meanwhile is moved into the database by this process. Otherwise the
/// server's next commit would have to do that. What was written is brought to the disk in small parts, because a commit of the server would wait for
/// all of it.
/// </remarks>
internal static class SqliteCopy
{
    /// <summary>The number of pages that are copied at once, which is 1 MiB.</summary>
    private const int PagesAStep = 256;

    /// <summary>The number of pages of the copy that are kept in memory. Few, so that they are written at the rate of the copy.</summary>
    private const int CachedPages = 16;

    /// <summary>Makes a copy, which is one file without a write-ahead log.</summary>
    /// <param name="from">The database.</param>
    /// <param name="to">The copy, which must not exist.</param>
    /// <param name="pace">The rate of the copy.</param>
    /// <param name="cancellationToken">Ends the copy, which is then incomplete.</param>
    /// <exception cref="SqliteException">The database cannot be read, or the copy cannot be written.</exception>
    /// <exception cref="IOException">The copy cannot be written.</exception>
    public static void Make(string from, string to, CopyPace pace, CancellationToken cancellationToken)
    {
        // It stays open until the driver has closed its own handle, whose locks would end with this one's.
        using var file = new FileStream(to, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        using (SqliteConnection source = SqliteFile.Connect(from, SqliteOpenMode.ReadWrite))
        {
            using SqliteConnection target = SqliteFile.Connect(to, SqliteOpenMode.ReadWrite);
            SqliteFile.Execute(target, $"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size={CachedPages}");
            SqliteFile.Execute(source, "BEGIN; SELECT count(*) FROM sqlite_schema");
            CopyPages(source, target, file, pace, cancellationToken);
            SqliteFile.Execute(source, "COMMIT; PRAGMA wal_checkpoint(PASSIVE)");
        }

        using (SqliteConnection copy = SqliteFile.Connect(to, SqliteOpenMode.ReadWrite))
        {
            SqliteFile.Execute(copy, "PRAGMA journal_mode=DELETE");
        }

        RandomAccess.FlushToDisk(file.SafeFileHandle);
    }

    private static void CopyPages(SqliteConnection source, SqliteConnection target, FileStream file, CopyPace pace, CancellationToken cancellationToken)
    {
        long pageBytes = (long)SqliteFile.Scalar(source, "PRAGMA page_size")!;
        using SQLitePCL.sqlite3_backup backup = sqlite3_backup_init(target.Handle, "main", source.Handle, "main");
        if (backup.IsInvalid)
        {
            SqliteException.ThrowExceptionForRC(sqlite3_errcode(target.Handle), target.Handle);
        }

        long copied = 0;
        int result;
        do
        {
            result = sqlite3_backup_step(backup, PagesAStep);
            long before = copied;
            copied = (sqlite3_backup_pagecount(backup) - sqlite3_backup_remaining(backup)) * pageBytes;
            pace.Wrote(file, copied - before, cancellationToken);
        }
        while (result == SQLITE_OK);
        sqlite3_backup_finish(backup);
        if (result != SQLITE_DONE)
        {
            SqliteException.ThrowExceptionForRC(result, target.Handle);
        }
    }
}
