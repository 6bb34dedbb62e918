using DinOrleans.Programs.Settings;
using DinOrleans.Programs.Starting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DinOrleans.ClusterClient;

/// <summary>
/// Ends the start if the database refuses this process, which would otherwise wait for ever. The process waits for a database that is away, as it
/// does for silos.
/// </summary>
internal sealed partial class ClusterDatabase(IOptions<ClusterClientOptions> options, ILogger<ClusterDatabase> logger) : IStartCheck, IHostedLifecycleService
{
    private const string Setting = $"{ClusterClientOptions.Section}:{nameof(ClusterClientOptions.ConnectionString)}";

    private readonly ILogger _logger = logger;
    private bool _isChecked;

    /// <inheritdoc/>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        _isChecked = true;
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

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => _isChecked ? Task.CompletedTask : CheckAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventId = 204, Level = LogLevel.Warning, Message = "This process waits for the cluster's database, which is away: {Reason}")]
    private partial void LogAway(string reason);
}
