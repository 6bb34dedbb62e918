namespace DinOrleans.Gateway.Problems;

internal sealed partial class ProblemHandler
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void LogFailed(Exception exception, string method, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} was answered 503: {Reason}")]
    private partial void LogUnavailable(string method, string path, string reason);
}
