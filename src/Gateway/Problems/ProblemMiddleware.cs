using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway.Problems;

/// <summary>Answers every failure with problem details.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, IOptions<GatewayOptions> options, ILogger<ProblemMiddleware> logger)
{
    private const int ClientClosedRequest = 499;

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to read an answer.
            context.Response.StatusCode = ClientClosedRequest;
            return;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, e).ConfigureAwait(false);
            return;
        }

        if (context.Response is { HasStarted: false, StatusCode: >= StatusCodes.Status400BadRequest, ContentLength: null, ContentType: null })
        {
            await ProblemWriter.WriteAsync(context, ProblemMap.Of(context.Response.StatusCode)).ConfigureAwait(false);
        }
    }

    private Task AnswerAsync(HttpContext context, Exception error)
    {
        Problem? problem = ProblemMap.Of(error, options.Value.RetryAfter);
        if (problem is null)
        {
            LogFault(error, context.Request.Method, context.Request.Path);
            problem = ProblemMap.Fault(context.TraceIdentifier);
        }

        context.Response.Clear();
        return ProblemWriter.WriteAsync(context, problem);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void LogFault(Exception error, string method, string path);
}
