using System.Net;
using System.Net.Sockets;
using DinOrleans.Programs.Settings;
using Microsoft.AspNetCore.Http;

namespace DinOrleans.Programs.Listening;

/// <summary>Checks the addresses on which a web server of the program will listen, before the program starts.</summary>
public static class ListenAddresses
{
    /// <summary>Requires that a server can listen on each address now.</summary>
    /// <param name="setting">The full name of the setting that has the addresses.</param>
    /// <param name="urls">The addresses, separated by ";". An empty text stands for none.</param>
    /// <param name="schemes">The schemes that the server speaks, such as "http".</param>
    /// <exception cref="SettingException">An address is malformed, taken, or not one of this machine.</exception>
    public static void Check(string setting, string urls, IReadOnlyList<string> schemes)
    {
        foreach (string url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            Check(setting, url, urls, schemes);
        }
    }

    private static void Check(string setting, string url, string urls, IReadOnlyList<string> schemes)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException e)
        {
            throw Malformed(setting, urls, schemes, e);
        }

        if (address.IsUnixPipe || address.IsNamedPipe)
        {
            return;
        }

        if (address.Port is < 0 or > IPEndPoint.MaxPort || !schemes.Contains(address.Scheme) || address.PathBase.Length > 0)
        {
            throw Malformed(setting, urls, schemes, cause: null);
        }

        Listen(setting, url, address);
    }

    private static void Listen(string setting, string url, BindingAddress address)
    {
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
            throw new SettingException($"{setting} has \"{url}\": another process listens there. Stop it, or give this one another address with --{setting}.", e);
        }
        catch (SocketException e)
        {
            throw new SettingException(setting, url, $"must be an address of this machine with a port that this process may listen on ({e.Message})", e);
        }
    }

    private static SettingException Malformed(string setting, string urls, IReadOnlyList<string> schemes, Exception? cause) =>
        new(setting, urls, $"must be addresses such as {schemes[0]}://localhost:5000, separated by \";\", with ports from 0 to 65535", cause);
}
