using DinOrleans.Storage.Erasures;
using DinOrleans.Storage.Folders;
using DinOrleans.Storage.Registry;
using Microsoft.Data.Sqlite;

namespace DinOrleans.Storage.Sqlite;

/// <summary>An embedded database as a file: what backup, restore and doctor do with one that another process may be using.</summary>
/// <param name="path">The database file.</param>
public sealed class SqliteFile(string path)
{
    /// <summary>The oldest schema version whose tables <see cref="Describe"/> and <see cref="Apply"/> read.</summary>
    private const int OldestSchema = 5;

    /// <summary>The schema version that this program makes and brings older ones up to.</summary>
    public static int CurrentSchema => SqliteSchema.Steps.Length;

    /// <summary>Reads the schema version.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or is not a database.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public int Schema() => Read(connection => (int)(long)Scalar(connection, "PRAGMA user_version")!);

    /// <summary>Reads the size of the database in bytes, as a copy of it has.</summary>
    /// <inheritdoc cref="Schema" path="/exception"/>
    public long Bytes() => Read(connection => (long)Scalar(connection, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")!);

    /// <summary>Reads what the database holds. It counts the events one by one, a few seconds per GB.</summary>
    /// <inheritdoc cref="Schema" path="/exception"/>
    public SqliteContent Describe() => Read(connection =>
    {
        RequireKnown(connection);
        using SqliteTransaction snapshot = connection.BeginTransaction(deferred: true);
        return new SqliteContent(
            (long)Scalar(connection, "SELECT count(*) FROM events")!,
            (long)Scalar(connection, "SELECT count(*) FROM users WHERE erased_until IS NULL")!,
            Rows(connection, "SELECT version, json_extract(info, '$.RefusedBecause') IS NOT NULL FROM model_versions ORDER BY published_at DESC, version DESC",
                row => new NamedVersion(row.GetString(0), row.GetInt64(1) != 0)),
            Rows(connection, $"SELECT {ActivationRow.Columns} FROM model_activation", ActivationRow.Read)[0]);
    });

    /// <summary>Looks for damage.</summary>
    /// <param name="everything">True to compare every index with its table as well, which takes several times as long.</param>
    /// <returns>What SQLite says is wrong; empty where nothing is.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IReadOnlyList<string> FindDamage(bool everything)
    {
        try
        {
            List<string> found = Read(connection => Rows(connection, everything ? "PRAGMA integrity_check" : "PRAGMA quick_check", row => row.GetString(0)));
            return found is ["ok"] ? [] : found;
        }
        catch (InvalidDataException e)
        {
            return [e.InnerException?.Message ?? e.Message];
        }
    }

    /// <summary>Reads every tombstone.</summary>
    /// <inheritdoc cref="Schema" path="/exception"/>
    public IReadOnlyList<Erasure> Tombstones() => Read(connection => Rows(connection, SqliteErasure.Tombstones, SqliteErasure.Read));

    /// <summary>
    /// Applies erasures to a database that no server uses, and rewrites the file, so that no part of it holds anything of the erased users. The schema
    /// stays as it is.
    /// </summary>
    /// <returns>The number of users who had to be erased.</returns>
    /// <inheritdoc cref="Schema" path="/exception"/>
    public int Apply(IReadOnlyList<Erasure> erasures) => Translate(() =>
    {
        using SqliteConnection connection = Connect(path, SqliteOpenMode.ReadWrite);
        RequireKnown(connection);
        int erased;
        using (var session = new WriteSession(Connect(path, SqliteOpenMode.ReadWrite)))
        {
            session.Execute("BEGIN IMMEDIATE");
            erased = erasures.Count(erasure => SqliteErasure.Apply(session, erasure));
            session.Execute("COMMIT");
        }

        if (erased > 0)
        {
            Execute(connection, "VACUUM");
        }

        return erased;
    });

    /// <inheritdoc cref="SqliteCopy.Make"/>
    /// <param name="to">The copy, which must not exist.</param>
    /// <param name="pace">The rate of the copy.</param>
    /// <param name="cancellationToken">Ends the copy, which is then incomplete.</param>
    /// <inheritdoc cref="Schema" path="/exception"/>
    public void CopyTo(string to, CopyPace pace, CancellationToken cancellationToken) => Translate(() =>
    {
        try
        {
            SqliteCopy.Make(path, to, pace, cancellationToken);
            return true;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SQLitePCL.raw.SQLITE_FULL)
        {
            throw new IOException($"{to} cannot be written: the disk is full.", e);
        }
    });

    internal static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        // Without a log beside it, nobody writes the file. It is then read without making a log, so that looking leaves nothing behind.
        bool isAlone = mode == SqliteOpenMode.ReadOnly && !File.Exists(path + "-wal");
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = isAlone ? new Uri(Path.GetFullPath(path)).AbsoluteUri + "?immutable=1" : path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 30,
        }.ToString());
        connection.Open();
        return connection;
    }

    internal static object? Scalar(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    internal static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static List<T> Rows<T>(SqliteConnection connection, string sql, Func<System.Data.Common.DbDataReader, T> map)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ReadRows(map);
    }

    private void RequireKnown(SqliteConnection connection)
    {
        long version = (long)Scalar(connection, "PRAGMA user_version")!;
        if (version < OldestSchema || version > CurrentSchema)
        {
            throw new InvalidDataException($"{path} has schema version {version}, but this program knows {OldestSchema} to {CurrentSchema}. Use the program that made it, or a newer one.");
        }
    }

    private T Read<T>(Func<SqliteConnection, T> read) => Translate(() =>
    {
        using SqliteConnection connection = Connect(path, SqliteOpenMode.ReadOnly);
        return read(connection);
    });

    private T Translate<T>(Func<T> use)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file {path}, which the data folder of a server has.", path);
        }

        try
        {
            return use();
        }
        catch (SqliteException e) when (SqliteFault.IsDamage(e))
        {
            throw new InvalidDataException($"{path} is damaged ({e.Message}).", e);
        }
        catch (SqliteException e)
        {
            throw new IOException($"{path} cannot be used now: {e.Message}", e);
        }
    }
}

/// <summary>What an embedded database holds.</summary>
/// <param name="Events">The number of events.</param>
/// <param name="Users">The number of users with events, or who had some, without those who were erased.</param>
/// <param name="Versions">The published versions, newest first.</param>
/// <param name="Activation">The versions that serve.</param>
public sealed record SqliteContent(long Events, long Users, IReadOnlyList<NamedVersion> Versions, ModelActivation Activation);
