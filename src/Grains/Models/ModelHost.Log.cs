using Microsoft.Extensions.Logging;

namespace DinOrleans.Grains.Models;

public sealed partial class ModelHost
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Loaded, verified and warmed version {Version} in {Milliseconds:F0} ms")]
    private partial void LogLoaded(string version, double milliseconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "Version {Version} is scored by {Kernel}. {Reason}")]
    private partial void LogScorer(string version, string kernel, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Scoring:Kernel is Fused, but version {Version} is scored by {Kernel}. {Reason}")]
    private partial void LogNotFused(string version, string kernel, string reason);

    [LoggerMessage(EventId = 310, Level = LogLevel.Error, Message = "Version {Version} cannot be loaded")]
    private partial void LogNotLoaded(Exception error, string version);

    [LoggerMessage(Level = LogLevel.Information, Message = "New rankings use version {Version}. The version before was {Before}")]
    private partial void LogSwapped(string version, string? before);

    [LoggerMessage(Level = LogLevel.Information, Message = "Released version {Version}")]
    private partial void LogReleased(string version);
}
