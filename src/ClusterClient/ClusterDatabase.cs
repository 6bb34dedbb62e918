using DinOrleans.Programs.Settings;
using DinOrleans.Programs.Starting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DinOrleans.ClusterClient;

/// <summary>
/// Ends the start if the database refuses this process, which would otherwise wait for ever. The process waits for a database that is away, as it
/// does for silos.
/// </summary>
internal sealed partial class ClusterDatabase(IOptions<ClusterClientOptions> options, ILogger<ClusterDatabase> logger) : IStartCheck
{
    private const string Setting = $"{ClusterClientOptions.Section}:{nameof(ClusterClientOptions.ConnectionString)}";

    private readonly ILogger _logger = logger;

    /// <inheritdoc/>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Membership != ClusterMembership.PostgreSql)
        {
            return;
        }

        try
        {
            var connection = new NpgsqlConnection(options.Value.ConnectionString);
            await using (connection.ConfigureAwait(false))
            {
                await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (PostgresException e) when (!e.IsTransient)
        {
            throw new SettingException($"{Setting} names a database that cannot be used: {e.Message}", e);
        }
        catch (NpgsqlException e)
        {
            LogAway(e.Message);
        }
    }

    [LoggerMessage(EventId = 204, Level = LogLevel.Warning, Message = "This process waits for the cluster's database, which is away: {Reason}")]
    private partial void LogAway(string reason);
}
