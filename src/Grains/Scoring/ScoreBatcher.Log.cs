using Microsoft.Extensions.Logging;

namespace DinOrleans.Grains.Scoring;

public sealed partial class ScoreBatcher
{
    [LoggerMessage(EventId = 320, Level = LogLevel.Error, Message = "Version {Version} failed to score a batch of {Requests} requests")]
    private partial void LogBatchFailed(Exception error, string version, int requests);
}
