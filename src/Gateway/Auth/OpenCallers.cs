using System.Net;
using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway.Auth;

/// <summary>Lets everybody do everything, on loopback, or where the settings say so in words.</summary>
internal sealed class OpenCallers(IOptions<AuthOptions> options) : ICallers
{
    private static readonly Denial OnNetwork = new(
        "missing",
        StatusCodes.Status403Forbidden,
        $"{AuthOptions.Section}:{nameof(AuthOptions.Mode)} is {AuthMode.Open}, with which this server answers on loopback only.");

    private readonly Caller _anyone = new("anyone", ScopeSet.All) { IsAnyone = true };

    public ValueTask<Identified> IdentifyAsync(HttpContext http) =>

        // The start has checked the addresses of the settings. Code may have added others.
        new(options.Value.AllowOpenOnNetwork || http.Connection.LocalIpAddress is not { } address || IPAddress.IsLoopback(address) ? _anyone : OnNetwork);
}
