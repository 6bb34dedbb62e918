using Microsoft.Extensions.Logging;

namespace DinOrleans.Grains.Models;

public sealed partial class ModelRegistryGrain
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Version {Version} was chosen: silos load it beside the active one")]
    private partial void LogTarget(string version);

    [LoggerMessage(Level = LogLevel.Information, Message = "Version {Version} is active on all {Silos} silos")]
    private partial void LogActivated(string version, int silos);

    [LoggerMessage(Level = LogLevel.Error, Message = "Version {Version} was refused by silo {Silo} and is no longer the target: {Reason}")]
    private partial void LogRefused(string version, string silo, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Version {Version} was removed: newer ones are kept")]
    private partial void LogRemoved(string version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Version {Version} cannot be removed now")]
    private partial void LogNotRemoved(Exception error, string version);
}
