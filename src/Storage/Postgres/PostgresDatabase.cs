using DinOrleans.Contracts;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DinOrleans.Storage.Postgres;

/// <summary>The connections to the shared database.</summary>
public sealed class PostgresDatabase : IAsyncDisposable, IDisposable
{
    /// <summary>
    /// What the connection string need not say, for what it says comes later and counts: a caller learns within seconds that the
    /// server is away, and every statement of ours is prepared at its second use.
    /// </summary>
    private const string Defaults = "Timeout=5;Max Auto Prepare=64;Auto Prepare Min Usages=2;Application Name=DinOrleans;";

    public PostgresDatabase(IOptions<PostgresOptions> options) => Source = NpgsqlDataSource.Create(Defaults + options.Value.ConnectionString);

    /// <summary>The pool.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>Runs a query on a connection of the pool.</summary>
    /// <param name="sql">With parameters $1, $2, …</param>
    /// <param name="values">Their values.</param>
    /// <param name="result">Makes the answer of the rows.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <exception cref="StoreUnavailableException">The database cannot be read now.</exception>
    internal Task<T> ReadAsync<T>(string sql, object[] values, Func<NpgsqlDataReader, CancellationToken, Task<T>> result, CancellationToken cancellationToken) =>
        RunAsync(new PostgresBatch().Add(sql, values), "read", result, cancellationToken);

    /// <summary>Runs a batch as one transaction and returns after its commit is on disk.</summary>
    /// <param name="batch">The statements.</param>
    /// <param name="result">Makes the answer of the rows of the one statement that returns any.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StoreUnavailableException">Nothing of it was applied, or the connection was lost before the server could say so.</exception>
    internal Task<T> WriteAsync<T>(PostgresBatch batch, Func<NpgsqlDataReader, CancellationToken, Task<T>> result, CancellationToken cancellationToken) =>
        RunAsync(batch, "written", result, cancellationToken);

    /// <inheritdoc cref="WriteAsync{T}"/>
    /// <returns>Rows that the batch's statements changed.</returns>
    internal Task<int> WriteAsync(PostgresBatch batch, CancellationToken cancellationToken) =>
        RunAsync(batch, "written", (reader, _) => Task.FromResult(reader.RecordsAffected), cancellationToken);

    internal static StoreUnavailableException Unavailable(string done, Exception cause) => new($"The database cannot be {done} now: {cause.Message}", cause);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Source.DisposeAsync();

    /// <inheritdoc/>
    public void Dispose() => Source.Dispose();

    private async Task<T> RunAsync<T>(
        PostgresBatch batch, string done, Func<NpgsqlDataReader, CancellationToken, Task<T>> result, CancellationToken cancellationToken)
    {
        try
        {
            NpgsqlConnection connection = await Source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                return await batch.RunAsync(connection, result, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (NpgsqlException e)
        {
            throw Unavailable(done, e);
        }
    }
}
