using System.Net;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Primitives;

namespace DinOrleans.Gateway.Http;

/// <summary>
/// Answers only requests that name a host of this server, as the setting <c>AllowedHosts</c> of ASP.NET Core lists them. If it is not set, a
/// request that arrives at a loopback address must name a loopback host. Otherwise a page of another site could have its name resolved to this
/// machine, and then read from a server that listens for this machine alone.
/// </summary>
internal sealed class HostMiddleware
{
    private const string Setting = "AllowedHosts";
    private static readonly StringSegment[] Loopback = ["localhost", "*.localhost", "127.0.0.1", "[::1]"];

    private readonly RequestDelegate _next;
    private readonly StringSegment[] _allowed;

    public HostMiddleware(RequestDelegate next, IConfiguration configuration)
    {
        _next = next;
        _allowed = [.. (configuration[Setting] ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
    }

    public Task InvokeAsync(HttpContext http)
    {
        if (!IsAllowed(http))
        {
            throw new BadHttpRequestException($"The host \"{http.Request.Host.Host}\" is not one of this server. The setting {Setting} lists those that are.", StatusCodes.Status400BadRequest);
        }

        return _next(http);
    }

    private bool IsAllowed(HttpContext http)
    {
        StringSegment[] allowed = _allowed;
        if (allowed.Length == 0)
        {
            if (http.Connection.LocalIpAddress is not { } address || !IPAddress.IsLoopback(address))
            {
                return true;
            }

            allowed = Loopback;
        }

        // A request of HTTP/1.0 may name no host. Browsers always name one.
        return allowed.Contains("*") || !http.Request.Host.HasValue || HostString.MatchesAny(http.Request.Host.Value, allowed);
    }
}

/// <summary>Configures the check of hosts.</summary>
internal static class HostMiddlewareExtensions
{
    /// <summary>Turns the framework's own filter off, because it answers without a body. <see cref="HostMiddleware"/> takes its place and its setting.</summary>
    public static void ReplaceHostFilter(this IServiceCollection services) =>
        services.Configure<HostFilteringOptions>(filter => filter.AllowedHosts = ["*"]);
}
