using DinOrleans.Gateway.Auth.Keys;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace DinOrleans.Gateway.Auth.Hosting;

/// <summary>
/// Lets a request through to its endpoint if its caller may call it that often. It runs once routing has found the endpoint, and before the body
/// is read.
/// </summary>
internal sealed class AccessMiddleware(
    RequestDelegate next, AccessGate gate, IOptions<AuthOptions> options, IProblemDetailsService problems, AuthInstruments instruments)
{
    private static readonly Denial InUrl = new(
        "invalid",
        StatusCodes.Status400BadRequest,
        "A key or token must be sent in the header Authorization, not in the address, which logs and histories keep. Revoke a key that was sent so.");

    public Task InvokeAsync(HttpContext http)
    {
        if (KeyInUrl.IsIn(http.Request))
        {
            return DenyAsync(http, InUrl);
        }

        // Routing answers a wrong method with an endpoint of its own.
        if (http.GetEndpoint() is not RouteEndpoint endpoint)
        {
            return next(http);
        }

        Access access = endpoint.Metadata.GetMetadata<Access>() ?? Access.Unmarked;
        if (access == Access.Public || (access == Access.AnyKey && options.Value.OpenMetrics))
        {
            return next(http);
        }

        ValueTask<Identified> admitted = gate.AdmitAsync(http, access);
        return admitted.IsCompletedSuccessfully ? GoOnAsync(http, admitted.Result) : WaitAsync(http, admitted);
    }

    private async Task WaitAsync(HttpContext http, ValueTask<Identified> admitted) => await GoOnAsync(http, await admitted);

    private Task GoOnAsync(HttpContext http, Identified admitted)
    {
        if (admitted.Denial is { } denial)
        {
            return DenyAsync(http, denial);
        }

        http.Features.Set(admitted.Caller);
        return next(http);
    }

    private Task DenyAsync(HttpContext http, Denial denial)
    {
        instruments.Denied(denial.Reason);
        http.Response.StatusCode = denial.Status;
        if (denial.Challenge is { } challenge)
        {
            http.Response.Headers.WWWAuthenticate = challenge;
            if (denial.Status == StatusCodes.Status401Unauthorized && PasswordHeader.IsTakenBy(http))
            {
                http.Response.Headers.Append(HeaderNames.WWWAuthenticate, PasswordHeader.Challenge);
            }
        }

        return problems.WriteAsync(new() { HttpContext = http, ProblemDetails = denial.ToProblem() }).AsTask();
    }
}
