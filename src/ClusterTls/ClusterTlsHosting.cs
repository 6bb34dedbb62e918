using System.Security.Cryptography;
using DinOrleans.ClusterTls.Certificates;
using DinOrleans.ClusterTls.Peers;
using DinOrleans.ClusterTls.Settings;
using DinOrleans.Programs.Settings;
using DinOrleans.Programs.Starting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace DinOrleans.ClusterTls;

/// <summary>Protects the connections between the processes of a cluster, configured by the section <see cref="ClusterTlsOptions.Section"/>.</summary>
public static class ClusterTlsHosting
{
    /// <summary>Protects the connections of a silo: those that it takes from other silos and from grain clients, and those that it opens to other silos.</summary>
    /// <exception cref="SettingException">A setting of the section breaks a rule.</exception>
    public static IHostApplicationBuilder AddSiloTls(this IHostApplicationBuilder builder)
    {
        OptionsBuilder<SiloConnectionOptions> options = builder.AddPeers().AddOptions<SiloConnectionOptions>();
        if (builder.AddCertificates(CertificateUsages.Server, CertificateUsages.Client))
        {
            options.Configure<PeerConnections, PeerTls>((connections, peers, tls) =>
            {
                connections.ConfigureSiloInboundConnection(c => peers.WatchInbound(c, tls.AddToServer));
                connections.ConfigureGatewayInboundConnection(c => peers.WatchInbound(c, tls.AddToServer));
                connections.ConfigureSiloOutboundConnection(c => peers.WatchOutbound(c, tls.AddToClient));
            });
        }
        else
        {
            options.Configure<PeerConnections>((connections, peers) => connections.ConfigureSiloOutboundConnection(c => peers.WatchOutbound(c, addTls: null)));
        }

        return builder;
    }

    /// <summary>Protects the connections of a process without a silo, which it opens to silos.</summary>
    /// <exception cref="SettingException">A setting of the section breaks a rule.</exception>
    public static IHostApplicationBuilder AddClientTls(this IHostApplicationBuilder builder)
    {
        OptionsBuilder<ClientConnectionOptions> options = builder.AddPeers().AddOptions<ClientConnectionOptions>();
        if (builder.AddCertificates(CertificateUsages.Client))
        {
            options.Configure<PeerConnections, PeerTls>((connections, peers, tls) => connections.ConfigureConnection(c => peers.WatchOutbound(c, tls.AddToClient)));
        }
        else
        {
            options.Configure<PeerConnections>((connections, peers) => connections.ConfigureConnection(c => peers.WatchOutbound(c, addTls: null)));
        }

        return builder;
    }

    private static IServiceCollection AddPeers(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        return builder.Services.AddSingleton<RefusedPeers>().AddSingleton<PeerConnections>();
    }

    /// <returns>True where connections are protected.</returns>
    private static bool AddCertificates(this IHostApplicationBuilder builder, params IReadOnlyList<Oid> usages)
    {
        IServiceCollection services = builder.Services;
        services.AddOptions<ClusterTlsOptions>().BindConfiguration(ClusterTlsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        if (!SettingsSection.Read<ClusterTlsOptions>(builder.Configuration).IsOn)
        {
            return false;
        }

        services.AddSingleton(s => new ClusterCertificates(s.GetRequiredService<IOptions<ClusterTlsOptions>>(), usages));
        services.AddSingleton<IStartCheck>(s => s.GetRequiredService<ClusterCertificates>());
        services.AddSingleton<PeerTls>();
        services.AddHostedService<CertificateRenewal>();
        return true;
    }
}
