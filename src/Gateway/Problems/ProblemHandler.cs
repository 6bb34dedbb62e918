using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Diagnostics;

namespace DinOrleans.Gateway.Problems;

/// <summary>Answers every exception with problem details.</summary>
internal sealed partial class ProblemHandler(IProblemDetailsService problems, ILogger<ProblemHandler> logger) : IExceptionHandler
{
    private readonly ILogger _logger = logger;

    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (IsGone(httpContext, exception))
        {
            // Nobody reads an answer. The status is for the metrics. Without the abort, the server would try to read the rest of the body.
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            httpContext.Abort();
            return true;
        }

        Problem problem = exception.ToProblem();
        Log(httpContext, problem, exception);
        if (problem.Status == StatusCodes.Status408RequestTimeout)
        {
            // The server does not wait for the rest of the body.
            httpContext.Response.Headers.Connection = "close";
        }

        httpContext.Response.StatusCode = problem.Status!.Value;
        await problems.WriteAsync(new() { HttpContext = httpContext, ProblemDetails = problem, Exception = exception });
        return true;
    }

    /// <summary>True where an exception says no more than that the reader of the answer, or the sender of the body, has left.</summary>
    private static bool IsGone(HttpContext http, Exception exception) => exception switch
    {
        ConnectionResetException or ConnectionAbortedException => true,
        OperationCanceledException or IOException => http.RequestAborted.IsCancellationRequested,
        _ => false,
    };

    /// <summary>The pattern of the path and not the path itself, which may have a user id.</summary>
    private static string Route(HttpContext http) =>
        (http.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? http.GetEndpoint()) is RouteEndpoint endpoint ? endpoint.RoutePattern.RawText ?? "" : "a path of no endpoint";

    private void Log(HttpContext http, Problem problem, Exception exception)
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
}
