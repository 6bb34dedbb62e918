using System.Globalization;

namespace DinOrleans.Storage.Sqlite;

/// <inheritdoc cref="IStoreProbe"/>
public sealed class SqliteStoreProbe(SqliteWriter writer, TimeProvider time) : IStoreProbe
{
    /// <inheritdoc/>
    public Task WriteAsync(CancellationToken cancellationToken) => writer.WriteAsync(
        session => session.Execute(
            "INSERT INTO settings (name, value) VALUES ('probed', $0) ON CONFLICT (name) DO UPDATE SET value = $0",
            time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)),
        cancellationToken);
}
