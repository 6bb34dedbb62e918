using System.Globalization;
using System.Text.Json;
using DinOrleans.Gateway.Json;
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
            await next(http);
        }
        catch (Exception e) when (http.RequestAborted.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            http.Response.StatusCode = http.Response.HasStarted ? http.Response.StatusCode : ClientClosedRequest;
            return;
        }
        catch (Exception e) when (!http.Response.HasStarted)
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
        StatusCodes.Status415UnsupportedMediaType => "The body must be sent as application/json.",
        StatusCodes.Status429TooManyRequests => "The gateway has as many rankings in hand as it takes at a time.",
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
        var problem = new Problem("about:blank", title.Length > 0 ? title : "Error", cause.Status, cause.Detail, cause.Errors);
        return JsonSerializer.SerializeAsync(response.BodyWriter, problem, ResponseJson.Default.Problem, http.RequestAborted);
    }
}
