using System.Globalization;
using System.Text.Json;
using DinOrleans.Gateway.Json;
using DinOrleans.Gateway.Settings;
using DinOrleans.Gateway.Traffic;
using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway.Problems;

/// <summary>
/// Writes every error as problem details. The framework's own writer leaves the body out where the caller does not accept JSON, as a browser
/// does not, and then nothing says what went wrong.
/// </summary>
internal sealed class ProblemWriter(IOptions<GatewayOptions> options, BodyTypes types, TrafficMeter traffic) : IProblemDetailsWriter
{
    /// <inheritdoc/>
    public bool CanWrite(ProblemDetailsContext context) => true;

    /// <inheritdoc/>
    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        HttpContext http = context.HttpContext;
        HttpResponse response = http.Response;
        Problem problem = context.ProblemDetails as Problem ?? http.ToProblem();
        traffic.Failed(response.StatusCode);
        response.ContentType = "application/problem+json";
        if (problem.RetryAfter is { } wait)
        {
            wait = wait > TimeSpan.Zero ? wait : options.Value.RetryAfter;
            response.Headers.RetryAfter = ((long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        return new(JsonSerializer.SerializeAsync(response.BodyWriter, problem, types.Response<Problem>(), http.RequestAborted));
    }
}
