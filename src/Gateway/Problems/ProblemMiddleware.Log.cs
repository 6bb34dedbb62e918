namespace DinOrleans.Gateway.Problems;

internal sealed partial class ProblemMiddleware
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void LogFailed(Exception exception, string method, string path);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed while its answer was being sent; the connection was closed")]
    private partial void LogBrokenOff(Exception exception, string method, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} was answered 503: {Reason}")]
    private partial void LogUnavailable(string method, string path, string reason);
}
