using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using DinOrleans.ClusterClient;
using DinOrleans.TestMachine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace DinOrleans.ClusterTls.Tests.Peers;

/// <summary>Silos and grain clients that meet over TCP on this machine.</summary>
internal static class TlsHosts
{
    private const string Cluster = "tls-tests";

    /// <summary>Makes a silo.</summary>
    /// <param name="ports">Its ports for silos and for clients.</param>
    /// <param name="settings">Its certificate; none for a silo without TLS.</param>
    /// <param name="log">Takes what it logs.</param>
    /// <param name="primary">The port of the silo that it joins; null for the first one.</param>
    public static IHost Silo(int[] ports, IReadOnlyDictionary<string, string> settings, FakeLogCollector? log = null, int? primary = null)
    {
        HostApplicationBuilder builder = Builder(settings, log);
        builder.UseOrleans(silo => silo.UseLocalhostClustering(
            ports[0], ports[1], primary is { } port ? new IPEndPoint(IPAddress.Loopback, port) : null, Cluster, Cluster));
        builder.AddSiloTls();
        return builder.Build();
    }

    /// <summary>Makes a client as gateways and training processes have it, which waits for a first silo.</summary>
    public static IHost Client(int port, IReadOnlyDictionary<string, string> settings, FakeLogCollector? log = null)
    {
        HostApplicationBuilder builder = Builder(settings, log);
        builder.Configuration.AddInMemoryCollection([new("Cluster:ClusterId", Cluster), new("Cluster:GatewayPort", $"{port}"), new("Cluster:RetryEvery", "00:00:00.1")]);
        builder.AddDinOrleansGrainClient();
        return builder.Build();
    }

    /// <summary>Makes a client that trusts every silo, shows what it likes, and tries to connect only once.</summary>
    /// <param name="port">The port of a silo for clients.</param>
    /// <param name="shown">The certificate that it shows; null for none.</param>
    /// <param name="usesTls">Whether it speaks TLS at all.</param>
    public static IHost Stranger(int port, IssuedCertificate? shown, bool usesTls = true)
    {
        HostApplicationBuilder builder = Builder(new Dictionary<string, string>(), log: null);
        builder.UseOrleansClient(client =>
        {
            client.UseLocalhostClustering(port, Cluster, Cluster);
            if (usesTls)
            {
                client.UseTls(tls =>
                {
                    tls.AllowAnyRemoteCertificate();
                    tls.OnAuthenticateAsClient = (_, o) =>
                    {
                        var ssl = (SslClientAuthenticationOptions)o.SslClientAuthenticationOptions;
                        ssl.TargetHost = "dinorleans";
                        ssl.ClientCertificateContext = shown is null
                            ? null
                            : SslStreamCertificateContext.Create(X509Certificate2.CreateFromPem(shown.Certificate, shown.Key), additionalCertificates: null, offline: true);
                    };
                });
            }
        });
        return builder.Build();
    }

    /// <summary>Asks a silo, through a client, for the states of all silos.</summary>
    public static async Task<SiloStatus[]> StatusesAsync(IHost client) =>
        [.. (await client.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).GetHosts()).Values.Order()];

    /// <summary>The lines that were logged so far.</summary>
    public static string[] Lines(this FakeLogCollector log) => [.. log.GetSnapshot().Select(r => r.Message)];

    private static HostApplicationBuilder Builder(IReadOnlyDictionary<string, string> settings, FakeLogCollector? log)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.Configuration.AddInMemoryCollection([new("ClusterTls:ReadEvery", "00:00:01")]);
        builder.Logging.SetMinimumLevel(LogLevel.Debug).AddProvider(new FakeLoggerProvider(log ?? new FakeLogCollector()));
        builder.Services.AddSingleton(TimeProvider.System);
        return builder;
    }
}
