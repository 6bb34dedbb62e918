using System.Net;
using System.Net.Sockets;
using DinOrleans.Programs.Settings;
using DinOrleans.Silo.Settings;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Silo.Starting;

/// <summary>
/// Refuses a silo's port on which another process already listens. Orleans' own sockets allow others on the same port, so that two silos
/// would share it and clients would reach one or the other by chance.
/// </summary>
internal sealed class ExclusivePorts(IConnectionListenerFactory inner, SiloOptions options) : IConnectionListenerFactory
{
    /// <summary>Puts the check before every listener that the silo opens.</summary>
    public static void Add(IServiceCollection services, SiloOptions options)
    {
        ServiceDescriptor[] listeners = [.. services.Where(d => d.IsKeyedService && d.ServiceType == typeof(IConnectionListenerFactory))];
        foreach (ServiceDescriptor listener in listeners)
        {
            services.Remove(listener);
            services.AddKeyedSingleton<IConnectionListenerFactory>(
                listener.ServiceKey,
                (s, key) => new ExclusivePorts((IConnectionListenerFactory)listener.KeyedImplementationFactory!(s, key), options));
        }
    }

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        if (endpoint is IPEndPoint address)
        {
            Require(address);
        }

        return inner.BindAsync(endpoint, cancellationToken);
    }

    private void Require(IPEndPoint endpoint)
    {
        string setting = $"{SiloOptions.Section}:{(endpoint.Port == options.SiloPort ? nameof(SiloOptions.SiloPort) : nameof(SiloOptions.GatewayPort))}";
        try
        {
            // This fails where another socket listens, even one that allows others. Connections that a past process left behind do not count.
            using var listener = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(endpoint);
            listener.Listen();
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new SettingException($"{setting} is {endpoint.Port}: another process listens on {endpoint}. Stop it, or give this silo a port of its own.", e);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressNotAvailable)
        {
            throw new SettingException(
                $"{SiloOptions.Section}:{nameof(SiloOptions.AdvertisedAddress)}", $"{endpoint.Address}",
                $"must be an address of this machine, or {SiloOptions.Section}:{nameof(SiloOptions.ListenOnAnyAddress)} must be true", e);
        }
        catch (SocketException e)
        {
            throw new SettingException(setting, $"{endpoint.Port}", $"must be a port that this process may listen on ({e.Message})", e);
        }
    }
}
