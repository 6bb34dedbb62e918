using System.Net;
using DinOrleans.Gateway.Grpc.Settings;
using DinOrleans.Gateway.Settings;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway.Grpc.Hosting;

/// <summary>Has the server listen on the addresses of gRPC, besides those of the REST API.</summary>
internal sealed class GrpcListening(IOptions<GrpcOptions> options, IServer server, IConfiguration configuration) : IStartupFilter
{
    /// <summary>Has an http address of gRPC speak HTTP/2 alone. Without TLS, a client cannot be asked which version it speaks.</summary>
    /// <remarks>Endpoints of Kestrel's own replace these addresses. One of them may have the port of an address here, and speaks what its own settings say.</remarks>
    public static void Configure(KestrelServerOptions kestrel, GrpcOptions options, IConfiguration configuration)
    {
        if (KestrelEndpoints.Of(configuration).Length > 0)
        {
            return;
        }

        BindingAddress[] cleartext = [.. options.Addresses.Where(IsWellFormed).Select(BindingAddress.Parse).Where(a => a.Scheme.Equals("http", StringComparison.OrdinalIgnoreCase))];
        kestrel.ConfigureEndpointDefaults(listen =>
        {
            if (cleartext.Any(address => address.IsUnixPipe ? address.UnixPipePath == listen.SocketPath : address.Port == (listen.EndPoint as IPEndPoint)?.Port))
            {
                listen.Protocols = HttpProtocols.Http2;
            }
        });
    }

    /// <inheritdoc/>
    /// <remarks>The host has read the addresses of the REST API when it calls this, and the server has not started.</remarks>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next)
    {
        if (KestrelEndpoints.Of(configuration).Length == 0 && server.Features.Get<IServerAddressesFeature>()?.Addresses is { IsReadOnly: false } addresses)
        {
            if (addresses.Count == 0)
            {
                addresses.Add(HostUrls.Default);
            }

            foreach (string address in options.Value.Addresses)
            {
                addresses.Add(address);
            }
        }

        return next;
    }

    // The check of the addresses says what is wrong with one.
    private static bool IsWellFormed(string url)
    {
        try
        {
            BindingAddress.Parse(url);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
