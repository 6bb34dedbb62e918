using DinOrleans.Gateway.Auth.Keys;
using DinOrleans.Gateway.Problems;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace DinOrleans.Gateway.Auth.Hosting;

/// <summary>
/// Lets a request through to its endpoint if its caller may call it that often. It runs once routing has found the endpoint, and before the body
/// is read.
/// </summary>
internal sealed class AccessMiddleware(
    RequestDelegate next, ICallers callers, IOptions<AuthOptions> options, IProblemDetailsService problems, AuthInstruments instruments)
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

        ValueTask<Identified> identified = callers.IdentifyAsync(http);
        return identified.IsCompletedSuccessfully ? GoOnAsync(http, access, identified.Result) : WaitAsync(http, access, identified);
    }

    private async Task WaitAsync(HttpContext http, Access access, ValueTask<Identified> identified) => await GoOnAsync(http, access, await identified);

    private Task GoOnAsync(HttpContext http, Access access, Identified identified)
    {
        if ((identified.Denial ?? Judge(identified.Caller!, access)) is { } denial)
        {
            return DenyAsync(http, denial);
        }

        http.Features.Set(identified.Caller);
        return next(http);
    }

    private static Denial? Judge(Caller caller, Access access)
    {
        if (caller.Bucket?.TryTake(out TimeSpan wait) == false)
        {
            return new("rate", StatusCodes.Status429TooManyRequests, "The caller has sent more requests than it may per second.") { RetryAfter = wait };
        }

        bool isAllowed = caller.UserId is not null ? access.TakesUsers : caller.Scopes.Has(access.Scopes);
        return isAllowed ? null : access.Scope is { } scope ? Denial.Scope(scope) : OfServers;
    }

    private static readonly Denial OfServers = new("scope", StatusCodes.Status403Forbidden, "This is not for the tokens of users.");

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

        return problems.WriteAsync(new() { HttpContext = http, ProblemDetails = new Problem(denial.Status, denial.Detail) { RetryAfter = denial.RetryAfter } }).AsTask();
    }
}
