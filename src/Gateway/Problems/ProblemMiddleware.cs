using System.Globalization;
using System.Text.Json;
using DinOrleans.Gateway.Bodies;
using DinOrleans.Gateway.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway.Problems;

/// <summary>Answers every exception and every error without a body with problem details.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, IOptions<GatewayOptions> options, ILogger<ProblemMiddleware> logger)
{
    private const int ClientClosedRequest = 499;
    private readonly ILogger _logger = logger;

    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await AnswerAsync(http);
        }
        catch (Exception e) when (IsGone(http, e))
        {
            // Nobody reads what could be said. The status is for the metrics.
            if (!http.Response.HasStarted)
            {
                http.Response.StatusCode = ClientClosedRequest;
            }

            // The server would try to read the rest of the body from a reader that has failed.
            http.Abort();
        }
        catch (Exception e) when (http.Response.HasStarted)
        {
            // Half an answer must not look like a whole one.
            LogBrokenOff(e, http.Request.Method, http.Request.Path);
            http.Abort();
        }
    }

    /// <summary>True where an exception says no more than that the reader of the answer, or the sender of the body, has left.</summary>
    private static bool IsGone(HttpContext http, Exception exception) => exception switch
    {
        ConnectionResetException or ConnectionAbortedException => true,
        OperationCanceledException or IOException => http.RequestAborted.IsCancellationRequested || http.Response.HasStarted,
        _ => false,
    };

    private async Task AnswerAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (Exception e) when (!http.Response.HasStarted && !IsGone(http, e))
        {
            await AnswerAsync(http, e);
            return;
        }

        HttpResponse response = http.Response;
        if (response.StatusCode >= StatusCodes.Status400BadRequest && !response.HasStarted && response.ContentType is null && response.ContentLength is null or 0)
        {
            await WriteAsync(http, new ProblemCause(response.StatusCode, Detail(http), [], RetryAfter(response.StatusCode)));
        }
    }

    private static string? Detail(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => $"There is no {http.Request.Path}.",
        StatusCodes.Status405MethodNotAllowed => $"{http.Request.Path} does not take {http.Request.Method}.",
        StatusCodes.Status415UnsupportedMediaType => "The body must be sent as application/json in UTF-8.",
        StatusCodes.Status429TooManyRequests => http.GetEndpoint()?.Metadata.GetMetadata<JsonInput>() is { Work: Work.Ranking }
            ? "The gateway has as many rankings in hand as it takes at a time."
            : "The gateway has as many bytes of writes in hand as it takes at a time.",
        _ => null,
    };

    private static TimeSpan? RetryAfter(int status) => status == StatusCodes.Status429TooManyRequests ? TimeSpan.Zero : null;

    private async Task AnswerAsync(HttpContext http, Exception exception)
    {
        ProblemCause cause = ProblemCause.Of(exception);
        if (cause.Status == StatusCodes.Status500InternalServerError)
        {
            LogFailed(exception, http.Request.Method, http.Request.Path);
        }
        else if (cause.Status == StatusCodes.Status503ServiceUnavailable)
        {
            LogUnavailable(http.Request.Method, http.Request.Path, exception.Message);
        }

        http.Response.Clear();
        if (cause.Status == StatusCodes.Status408RequestTimeout)
        {
            // The rest of the body is not waited for.
            http.Response.Headers.Connection = "close";
        }

        await WriteAsync(http, cause);
    }

    private Task WriteAsync(HttpContext http, ProblemCause cause)
    {
        HttpResponse response = http.Response;
        response.StatusCode = cause.Status;
        response.ContentType = "application/problem+json";
        if (cause.RetryAfter is { } wait)
        {
            wait = wait > TimeSpan.Zero ? wait : options.Value.RetryAfter;
            response.Headers.RetryAfter = ((long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        string title = ReasonPhrases.GetReasonPhrase(cause.Status);
        var problem = new Problem("about:blank", title.Length > 0 ? title : "Error", cause.Status, cause.Detail, cause.Errors, cause.MoreErrors > 0 ? cause.MoreErrors : null);
        return JsonSerializer.SerializeAsync(response.BodyWriter, problem, ResponseJson.Default.Problem, http.RequestAborted);
    }
}
