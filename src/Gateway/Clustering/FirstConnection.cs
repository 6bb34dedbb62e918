using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway.Clustering;

/// <summary>Waits for a first silo, so that gateways and silos can be started in any order.</summary>
internal sealed partial class FirstConnection(IOptions<ClusterClientOptions> options, TimeProvider time, ILogger<FirstConnection> logger)
    : IClientConnectionRetryFilter
{
    private readonly ILogger _logger = logger;

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        LogWaits(exception.Message);
        await Task.Delay(options.Value.RetryEvery, time, cancellationToken);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Waits for a silo: {Reason}")]
    private partial void LogWaits(string reason);
}
