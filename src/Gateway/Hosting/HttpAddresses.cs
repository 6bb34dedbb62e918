using System.Net;
using System.Net.Sockets;
using DinOrleans.Programs.Settings;
using DinOrleans.Programs.Starting;

namespace DinOrleans.Gateway.Hosting;

/// <summary>Checks the addresses of the setting <c>urls</c> before anything else of the process starts, such as a silo that others meet.</summary>
internal sealed class HttpAddresses(IConfiguration configuration) : IStartCheck
{
    private const string Setting = "urls";

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken)
    {
        // Kestrel's own endpoints replace these addresses, and Kestrel checks them itself.
        if (configuration[Setting] is { } urls && !configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            foreach (string url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                Check(url);
            }
        }

        return Task.CompletedTask;
    }

    private static void Check(string url)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException e)
        {
            throw Malformed(url, e);
        }

        if (address.IsUnixPipe || address.IsNamedPipe)
        {
            return;
        }

        if (address.Port is < 0 or > IPEndPoint.MaxPort || address.Scheme is not ("http" or "https") || address.PathBase.Length > 0)
        {
            throw Malformed(url, null);
        }

        // Kestrel takes names other than localhost for every address of the machine, as it does "*".
        IPAddress ip = IPAddress.TryParse(address.Host, out IPAddress? literal) ? literal
            : address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback : IPAddress.Any;
        try
        {
            using var listener = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(ip, address.Port));
            listener.Listen();
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new SettingException($"{Setting} has \"{url}\": another process listens there. Stop it, or give this one another address with --urls.", e);
        }
        catch (SocketException e)
        {
            throw new SettingException(Setting, url, $"must be an address of this machine with a port that this process may listen on ({e.Message})", e);
        }
    }

    private static SettingException Malformed(string url, Exception? cause) =>
        new(Setting, url, "must be addresses such as http://localhost:5000, separated by \";\", with ports from 0 to 65535", cause);
}
