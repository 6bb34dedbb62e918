using DinOrleans.Programs;
using DinOrleans.Programs.Starting;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DinOrleans.Gateway.Clustering;

/// <summary>
/// Ends the start where the database refuses this gateway: with another answer to the same question it would wait for ever. A database
/// that is away is waited for, as silos are.
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "The cluster's database is away, and is waited for: {Reason}")]
    private partial void LogAway(string reason);
}
