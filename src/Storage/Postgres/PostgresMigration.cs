using Microsoft.Extensions.Logging;
using Npgsql;

namespace DinOrleans.Storage.Postgres;

/// <summary>
/// Creates the tables of a part of the program and brings them up to date, step by step. Processes that start at the same time take turns.
/// </summary>
public static partial class PostgresMigration
{
    /// <summary>The key of the advisory lock by which processes take turns.</summary>
    internal const long LockKey = 0x44_49_4E_00;

    private const string Versions =
        """
        CREATE TABLE IF NOT EXISTS schema_versions (part text PRIMARY KEY, version integer NOT NULL);
        ALTER TABLE schema_versions ADD COLUMN IF NOT EXISTS usable_from integer;
        """;

    /// <summary>
    /// Applies the steps that the database does not have yet, all or none. Tables of a newer program are left as they are, if that program has noted that
    /// this one can use them. A silo can therefore be started again, or gone back to, while others are newer.
    /// </summary>
    /// <param name="source">The pool of connections to the database.</param>
    /// <param name="part">The name of the part that the tables belong to.</param>
    /// <param name="steps">The SQL scripts. The version of a database is the number of scripts that were applied to it.</param>
    /// <param name="usableFrom">How many of the steps a program must know to use the tables.</param>
    /// <param name="logger">The logger that is told which steps were applied.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidDataException">The database was made by a newer program, and this one cannot use it.</exception>
    /// <exception cref="IOException">The database cannot be used.</exception>
    public static async Task ApplyAsync(
        NpgsqlDataSource source, string part, IReadOnlyList<string> steps, int usableFrom, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                await MigrateAsync(connection, part, steps, usableFrom, logger, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (NpgsqlException e)
        {
            throw new IOException($"The database cannot be used: {e.Message}", e);
        }
    }

    /// <summary>Throws if the tables of a part are not those that this program knows.</summary>
    /// <param name="source">The pool of connections to the database.</param>
    /// <param name="part">The name of the part that the tables belong to.</param>
    /// <param name="version">The version that this program knows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidDataException">The database has no such tables, or an older or a newer program made them.</exception>
    /// <exception cref="IOException">The database cannot be used.</exception>
    public static async Task RequireCurrentAsync(NpgsqlDataSource source, string part, int version, CancellationToken cancellationToken)
    {
        int? held;
        try
        {
            NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                held = (int?)await ExecuteAsync(connection, "SELECT version FROM schema_versions WHERE part = $1", [part], cancellationToken).ConfigureAwait(false);
            }
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            held = null;
        }
        catch (NpgsqlException e)
        {
            throw new IOException($"The database cannot be used: {e.Message}", e);
        }

        if (held != version)
        {
            throw new InvalidDataException(held is null
                ? $"The database has no tables of {part}, so it is not the database of a cluster."
                : $"The database has version {held} of the tables of {part}, but this program reads {version}. Use a program of the servers' version; a server brings older tables up to date at its start.");
        }
    }

    private static async Task MigrateAsync(
        NpgsqlConnection connection, string part, IReadOnlyList<string> steps, int usableFrom, ILogger logger, CancellationToken cancellationToken)
    {
        NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock({LockKey}); {Versions}", [], cancellationToken).ConfigureAwait(false);
            object? held = await ExecuteAsync(connection, "SELECT version FROM schema_versions WHERE part = $1", [part], cancellationToken).ConfigureAwait(false);
            int version = (int?)held ?? 0;
            if (version > steps.Count)
            {
                object? least = await ExecuteAsync(connection, "SELECT usable_from FROM schema_versions WHERE part = $1", [part], cancellationToken).ConfigureAwait(false);
                if (least is int known && known <= steps.Count)
                {
                    LogNewer(logger, part, version, steps.Count);
                    return;
                }

                throw new InvalidDataException(
                    $"The database has version {version} of the tables of {part}, but this program knows up to {steps.Count}. Use the program that made them, or a newer one.");
            }

            foreach (string step in steps.Skip(version))
            {
                await ExecuteAsync(connection, step, [], cancellationToken).ConfigureAwait(false);
            }

            await ExecuteAsync(
                connection,
                "INSERT INTO schema_versions (part, version, usable_from) VALUES ($1, $2, $3) ON CONFLICT (part) DO UPDATE SET version = $2, usable_from = $3",
                [part, steps.Count, usableFrom],
                cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            if (version < steps.Count)
            {
                LogApplied(logger, part, version, steps.Count);
            }
        }
    }

    /// <summary>Runs a statement for as long as it takes.</summary>
    /// <returns>The first column of the first row; null where there is no row.</returns>
    internal static async Task<object?> ExecuteAsync(NpgsqlConnection connection, string sql, object[] values, CancellationToken cancellationToken)
    {
        NpgsqlCommand command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = sql;
            command.CommandTimeout = 0;
            foreach (object value in values)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            }

            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Brought the tables of {Part} from version {From} to {To}")]
    private static partial void LogApplied(ILogger logger, string part, int from, int to);

    [LoggerMessage(Level = LogLevel.Information, Message = "The tables of {Part} have version {Held}. This program knows {Known}, and can use them")]
    private static partial void LogNewer(ILogger logger, string part, int held, int known);
}
