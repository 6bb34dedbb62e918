using DinOrleans.Contracts.Experiments;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Grains.Experiments;

internal sealed partial class ExperimentProgress
{
    [LoggerMessage(EventId = 330, Level = LogLevel.Information, Message = "The experiment {Name} went from {Before} to {After}, stage {Stage}: {Reason}")]
    private partial void LogMoved(string name, ExperimentStatus before, ExperimentStatus after, int stage, string reason);
}
