using Microsoft.AspNetCore.Diagnostics;

namespace DinOrleans.Gateway.Problems;

/// <summary>Logs the problems of which the caller is not told the cause.</summary>
internal sealed partial class ProblemLog(ILogger<ProblemLog> logger)
{
    private readonly ILogger _logger = logger;

    /// <summary>Logs a problem, unless it is the caller's own.</summary>
    /// <param name="http">The request.</param>
    /// <param name="problem">What the caller is told.</param>
    /// <param name="exception">The cause.</param>
    public void Write(HttpContext http, Problem problem, Exception exception)
    {
        if (problem.Status == StatusCodes.Status500InternalServerError)
        {
            LogFailed(exception, http.Request.Method, Route(http));
        }
        else if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            LogUnavailable(http.Request.Method, Route(http), exception.Message);
        }
    }

    /// <summary>The pattern of the path and not the path itself, which may have a user id.</summary>
    private static string Route(HttpContext http) =>
        (http.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? http.GetEndpoint()) is RouteEndpoint endpoint ? endpoint.RoutePattern.RawText ?? "" : "a path of no endpoint";
}
