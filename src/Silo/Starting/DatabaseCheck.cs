using DinOrleans.Programs.Settings;
using DinOrleans.Programs.Starting;
using DinOrleans.Silo.Settings;
using DinOrleans.Storage.Postgres;

namespace DinOrleans.Silo.Starting;

/// <summary>Connects to the cluster's database once, before any service that needs it is created.</summary>
internal sealed class DatabaseCheck(PostgresDatabase database) : IStartCheck
{
    private const string Setting = $"{SiloOptions.Section}:{nameof(SiloOptions.ConnectionString)}";

    /// <inheritdoc/>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new SettingException($"{Setting} names a database that cannot be used: {e.InnerException?.Message ?? e.Message}", e);
        }
    }
}
