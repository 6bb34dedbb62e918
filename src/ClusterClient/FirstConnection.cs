using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DinOrleans.ClusterClient;

/// <summary>Waits for a first silo, so that silos and their clients can be started in any order.</summary>
internal sealed partial class FirstConnection(IOptions<ClusterClientOptions> options, TimeProvider time, ILogger<FirstConnection> logger)
    : IClientConnectionRetryFilter
{
    private readonly ILogger _logger = logger;
    private long _attempts;

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        // The first line is for the operator. The later ones, one per attempt, are for somebody who looks for the reason.
        if (Interlocked.Increment(ref _attempts) == 1)
        {
            LogWaits(exception.Message);
        }
        else
        {
            LogStillWaits(exception.Message);
        }

        await Task.Delay(options.Value.RetryEvery, time, cancellationToken);
        return true;
    }

    [LoggerMessage(EventId = 205, Level = LogLevel.Warning, Message = "This process waits for a first silo: {Reason}")]
    private partial void LogWaits(string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "This process still waits for a first silo: {Reason}")]
    private partial void LogStillWaits(string reason);
}
