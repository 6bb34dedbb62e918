namespace DinOrleans.Gateway.Problems;

internal sealed partial class ProblemLog
{
    [LoggerMessage(EventId = 200, Level = LogLevel.Error, Message = "{Method} {Route} failed")]
    private partial void LogFailed(Exception exception, string method, string route);

    [LoggerMessage(EventId = 201, Level = LogLevel.Warning, Message = "{Method} {Route} was answered 503: {Reason}")]
    private partial void LogUnavailable(string method, string route, string reason);
}
