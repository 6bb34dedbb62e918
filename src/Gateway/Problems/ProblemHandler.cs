using Microsoft.AspNetCore.Diagnostics;

namespace DinOrleans.Gateway.Problems;

/// <summary>Answers every exception with problem details.</summary>
internal sealed class ProblemHandler(IProblemDetailsService problems, ProblemLog log) : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (LeavingCaller.IsMeantBy(httpContext, exception))
        {
            // Nobody reads an answer. The status is for the metrics. Without the abort, the server would try to read the rest of the body.
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            httpContext.Abort();
            return true;
        }

        Problem problem = exception.ToProblem();
        log.Write(httpContext, problem, exception);
        if (problem.Status == StatusCodes.Status408RequestTimeout)
        {
            // The server does not wait for the rest of the body.
            httpContext.Response.Headers.Connection = "close";
        }

        httpContext.Response.StatusCode = problem.Status!.Value;
        await problems.WriteAsync(new() { HttpContext = httpContext, ProblemDetails = problem, Exception = exception });
        return true;
    }
}
