using DinOrleans.Contracts;
using Orleans.Configuration;

namespace DinOrleans.Gateway.Clustering;

/// <summary>Connects a gateway process to its cluster as an Orleans client.</summary>
public static class ClusterClientHosting
{
    /// <summary>
    /// How often the client reads which silos there are. Until it has, calls go through a silo that was voted out although others could take
    /// them; Orleans' own minute would keep a frozen silo in use long after its cluster has given it up.
    /// </summary>
    private static readonly TimeSpan SilosAreReadEvery = TimeSpan.FromSeconds(2);

    /// <summary>Adds the client, set up by the section <see cref="ClusterClientOptions.Section"/>. A process with a silo of its own needs none.</summary>
    public static IHostApplicationBuilder AddGatewayClusterClient(this IHostApplicationBuilder builder)
    {
        IConfigurationSection section = builder.Configuration.GetSection(ClusterClientOptions.Section);
        builder.Services.AddOptions<ClusterClientOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        ClusterClientOptions options = section.Get<ClusterClientOptions>() ?? new ClusterClientOptions();
        builder.UseOrleansClient(client =>
        {
            client.UseConnectionRetryFilter<FirstConnection>();
            client.Configure<Orleans.Configuration.GatewayOptions>(o => o.GatewayListRefreshPeriod = SilosAreReadEvery);
            client.Configure<ClientMessagingOptions>(o =>
            {
                o.ResponseTimeout = CallDeadlines.LongestRanking;
                o.CancelRequestOnTimeout = true;
            });
            if (options.Membership == ClusterMembership.PostgreSql)
            {
                client.Configure<ClusterOptions>(o => o.ClusterId = o.ServiceId = options.ClusterId);
                client.UseAdoNetClustering(o =>
                {
                    o.Invariant = "Npgsql";
                    o.ConnectionString = options.ConnectionString;
                });
            }
            else
            {
                client.UseLocalhostClustering(options.GatewayPort, options.ClusterId, options.ClusterId);
            }
        });
        return builder;
    }
}
