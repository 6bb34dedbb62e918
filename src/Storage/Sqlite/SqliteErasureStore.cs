using DinOrleans.Storage.Erasures;

namespace DinOrleans.Storage.Sqlite;

/// <inheritdoc cref="IErasureStore"/>
public sealed class SqliteErasureStore(SqliteDatabase database, SqliteWriter writer) : IErasureStore
{
    private const int UsersAWrite = 500;

    /// <inheritdoc/>
    public IAsyncEnumerable<Erasure> ReadAllAsync(CancellationToken cancellationToken) => SqliteStream.ReadAsync(
        database, SqliteErasure.Tombstones, [], row => SqliteErasure.Read(row), cancellationToken);

    /// <inheritdoc/>
    public async Task<int> ApplyAsync(IReadOnlyList<Erasure> erasures, CancellationToken cancellationToken)
    {
        int erased = 0;
        foreach (Erasure[] chunk in erasures.Chunk(UsersAWrite))
        {
            erased += await writer.WriteAsync(session => chunk.Count(erasure => SqliteErasure.Apply(session, erasure)), cancellationToken).ConfigureAwait(false);
        }

        return erased;
    }
}
