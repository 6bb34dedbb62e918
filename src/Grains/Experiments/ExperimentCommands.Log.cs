using DinOrleans.Contracts.Experiments;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Grains.Experiments;

internal sealed partial class ExperimentCommands
{
    [LoggerMessage(Level = LogLevel.Information, Message = "The experiment {Name} ({Mode}) has started")]
    private partial void LogStarted(string name, ExperimentMode mode);

    [LoggerMessage(Level = LogLevel.Information, Message = "The experiment {Name} waits: {Reason}")]
    private partial void LogWaits(string name, string reason);
}
