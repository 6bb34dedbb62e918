using DinOrleans.Programs;
using DinOrleans.Programs.Starting;
using DinOrleans.Storage.Postgres;
using Npgsql;

namespace DinOrleans.Silo.Starting;

/// <summary>Connects to the cluster's database once before anything that needs it is made.</summary>
internal sealed class DatabaseCheck(PostgresDatabase database) : IStartCheck
{
    private const string Setting = $"{SiloOptions.Section}:{nameof(SiloOptions.ConnectionString)}";

    /// <inheritdoc/>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            NpgsqlConnection connection = await database.Source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
        }
        catch (NpgsqlException e)
        {
            throw new SettingException($"{Setting} names a database that cannot be used: {e.Message}", e);
        }
    }
}
