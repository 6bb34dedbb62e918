using DinOrleans.Contracts.Experiments;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Grains.Experiments;

public sealed partial class ExperimentsGrain
{
    [LoggerMessage(Level = LogLevel.Information, Message = "The experiment {Name} ({Mode}) has started")]
    private partial void LogStarted(string name, ExperimentMode mode);

    [LoggerMessage(Level = LogLevel.Information, Message = "The experiment {Name} waits: {Reason}")]
    private partial void LogWaits(string name, string reason);

    [LoggerMessage(EventId = 330, Level = LogLevel.Information, Message = "The experiment {Name} went from {Before} to {After}, stage {Stage}: {Reason}")]
    private partial void LogMoved(string name, ExperimentStatus before, ExperimentStatus after, int stage, string reason);
}
