using System.Net;
using DinOrleans.Gateway.Grpc.Settings;
using DinOrleans.Gateway.Settings;
using DinOrleans.Programs.Settings;
using DinOrleans.Programs.Starting;
using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway.Auth;

/// <summary>Ends the start of a gateway that would let everybody do everything on an address that other machines reach.</summary>
internal sealed partial class OpenAddresses(
    IOptions<AuthOptions> options, IOptions<GrpcOptions> grpc, IConfiguration configuration, ILogger<OpenAddresses> logger) : IStartCheck
{
    private readonly ILogger _logger = logger;

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Mode != AuthMode.Open)
        {
            return Task.CompletedTask;
        }

        if (!options.Value.AllowOpenOnNetwork && Addresses().FirstOrDefault(IsOnNetwork) is { } address)
        {
            throw new SettingException(
                $"{AuthOptions.Section}:{nameof(AuthOptions.Mode)} is {AuthMode.Open} and {address} can be reached from other machines: whoever reaches it could do everything. "
                + $"Set {AuthOptions.Section}:{nameof(AuthOptions.Mode)} to {AuthMode.Keys} or {AuthMode.Jwt}, listen on localhost, "
                + $"or set {AuthOptions.Section}:{nameof(AuthOptions.AllowOpenOnNetwork)} to true if something else keeps strangers out.");
        }

        LogOpen(options.Value.AllowOpenOnNetwork ? "reaches this server" : "is on this machine");
        return Task.CompletedTask;
    }

    private static bool IsOnNetwork(string url)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            // The check of addresses, or Kestrel, says what is wrong with it.
            return false;
        }

        return !address.IsUnixPipe && !address.IsNamedPipe && !address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            && !(IPAddress.TryParse(address.Host, out IPAddress? ip) && IPAddress.IsLoopback(ip));
    }

    private IEnumerable<string> Addresses()
    {
        string[] endpoints = [.. KestrelEndpoints.Of(configuration).Select(e => e["Url"]).OfType<string>()];
        return endpoints.Length > 0 ? endpoints : HostUrls.Of(configuration).Concat(grpc.Value.Addresses);
    }

    [LoggerMessage(EventId = 210, Level = LogLevel.Information, Message = "Auth:Mode is Open: whoever {Who} may do everything. Auth:Mode=Keys asks for keys")]
    private partial void LogOpen(string who);
}
