using System.Globalization;

namespace DinOrleans.Storage.Postgres;

/// <inheritdoc cref="IStoreProbe"/>
public sealed class PostgresStoreProbe(PostgresDatabase database, TimeProvider time) : IStoreProbe
{
    /// <inheritdoc/>
    public Task WriteAsync(CancellationToken cancellationToken) => database.WriteAsync(
        new PostgresBatch().Add(
            "INSERT INTO settings (name, value) VALUES ('probed', $1) ON CONFLICT (name) DO UPDATE SET value = $1",
            [time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)]),
        cancellationToken);
}
