using Microsoft.Extensions.Logging;

namespace DinOrleans.Grains.Models;

public sealed partial class ModelRegistryGrain
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Version {Version} was chosen, and the silos load it beside the active version")]
    private partial void LogTarget(string version);

    [LoggerMessage(Level = LogLevel.Information, Message = "Version {Version} is active on all {Silos} silos")]
    private partial void LogActivated(string version, int silos);

    [LoggerMessage(EventId = 311, Level = LogLevel.Error, Message = "Silo {Silo} refused version {Version}, which was the target: {Reason}")]
    private partial void LogRefused(string version, string silo, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Version {Version} was removed, because newer versions are kept")]
    private partial void LogRemoved(string version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Version {Version} cannot be removed now")]
    private partial void LogNotRemoved(Exception error, string version);
}
