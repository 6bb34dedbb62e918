using System.Data.Common;
using DinOrleans.Contracts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DinOrleans.Storage.Postgres;

/// <summary>Runs statements on the shared database, which <see cref="PostgresSchema"/> opens before anything else of the process starts.</summary>
public sealed class PostgresDatabase(IOptions<PostgresOptions> options, TimeProvider time, ILogger<PostgresDatabase> logger) : IAsyncDisposable, IDisposable
{
    private readonly StoreErrors _errors = new(time, logger);
    private NpgsqlDataSource? _source;

    /// <summary>The pool of connections.</summary>
    /// <exception cref="InvalidOperationException">The database has not been opened.</exception>
    public NpgsqlDataSource Source => _source ?? throw new InvalidOperationException("The database is used before the start of the process has opened it.");

    /// <summary>Opens the pool, sized by what the server allows.</summary>
    /// <exception cref="IOException">The server cannot be reached, or does not let the program in.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            _source ??= await PostgresPool.OpenAsync(options.Value.ConnectionString, cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException e)
        {
            throw new IOException($"The database cannot be used: {e.Message}", e);
        }
    }

    /// <summary>Runs a query on a connection of the pool.</summary>
    /// <param name="sql">The query, with the parameters $1, $2, …</param>
    /// <param name="values">The values of the parameters.</param>
    /// <param name="result">Makes the result from the rows.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <exception cref="StoreUnavailableException">The database cannot be read now.</exception>
    /// <exception cref="InternalErrorException">The database cannot be read, and a retry will not help.</exception>
    internal Task<T> ReadAsync<T>(string sql, object[] values, Func<NpgsqlDataReader, CancellationToken, Task<T>> result, CancellationToken cancellationToken) =>
        RunAsync(new PostgresBatch().Add(sql, values), "read", result, cancellationToken);

    /// <summary>Runs a query and makes one value of each row.</summary>
    /// <param name="sql">The query, with the parameters $1, $2, …</param>
    /// <param name="values">The values of the parameters.</param>
    /// <param name="map">Makes a value of the row that the reader is at.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <inheritdoc cref="ReadAsync{T}" path="/exception"/>
    internal Task<List<T>> ReadRowsAsync<T>(string sql, object[] values, Func<DbDataReader, T> map, CancellationToken cancellationToken) => ReadAsync(
        sql,
        values,
        async (reader, cancellation) =>
        {
            List<T> rows = [];
            while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
            {
                rows.Add(map(reader));
            }

            return rows;
        },
        cancellationToken);

    /// <summary>Runs a query that may read a whole table, and so may take longer than the connection's timeout allows.</summary>
    /// <inheritdoc cref="ReadAsync{T}"/>
    internal Task<T> ReadWholeAsync<T>(string sql, object[] values, Func<NpgsqlDataReader, CancellationToken, Task<T>> result, CancellationToken cancellationToken) =>
        RunAsync(new PostgresBatch { HasTimeout = false }.Add(sql, values), "read", result, cancellationToken);

    /// <summary>Runs a batch as one transaction and returns after its commit is on disk.</summary>
    /// <param name="batch">The statements.</param>
    /// <param name="result">Makes the result from the rows of the statement that returns rows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StoreUnavailableException">Nothing of the batch was applied, or the connection was lost before the server could say so.</exception>
    /// <exception cref="InternalErrorException">Nothing of the batch was applied, and a retry will not help.</exception>
    internal Task<T> WriteAsync<T>(PostgresBatch batch, Func<NpgsqlDataReader, CancellationToken, Task<T>> result, CancellationToken cancellationToken) =>
        RunAsync(batch, "written", result, cancellationToken);

    /// <inheritdoc cref="WriteAsync{T}"/>
    /// <returns>The number of rows that the statements changed.</returns>
    internal Task<int> WriteAsync(PostgresBatch batch, CancellationToken cancellationToken) =>
        RunAsync(batch, "written", (reader, _) => Task.FromResult(reader.RecordsAffected), cancellationToken);

    /// <summary>Logs why something failed.</summary>
    /// <param name="done">What could not be done with the database: "read" or "written".</param>
    /// <param name="cause">The error of the driver.</param>
    /// <returns>The exception for the caller.</returns>
    /// <remarks>
    /// A connection on which a batch failed may still have answers to it under way, which its next user would read as its own. So no connection
    /// that is pooled now is used again.
    /// </remarks>
    internal Exception Failed(string done, Exception cause)
    {
        _source?.Clear();
        return _errors.Report(done, cause, PostgresFault.IsTemporary(cause));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _source?.Dispose();

    /// <summary>Does something with a connection of the pool that is not one transaction.</summary>
    /// <param name="done">What is done with the database: "read" or "written".</param>
    /// <param name="use">Uses the connection.</param>
    /// <param name="cancellationToken">Ends the use.</param>
    /// <exception cref="StoreUnavailableException">It cannot be done now.</exception>
    /// <exception cref="InternalErrorException">It cannot be done, and a retry will not help.</exception>
    internal async Task<T> UseAsync<T>(string done, Func<NpgsqlConnection, CancellationToken, Task<T>> use, CancellationToken cancellationToken)
    {
        try
        {
            NpgsqlConnection connection = await Source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                return await use(connection, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw Failed(done, e);
        }
    }

    private Task<T> RunAsync<T>(
        PostgresBatch batch, string done, Func<NpgsqlDataReader, CancellationToken, Task<T>> result, CancellationToken cancellationToken) =>
        UseAsync(done, (connection, cancellation) => batch.RunAsync(connection, result, cancellation), cancellationToken);
}
