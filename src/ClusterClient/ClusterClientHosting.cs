using DinOrleans.ClusterTls;
using DinOrleans.Contracts;
using DinOrleans.Programs.Settings;
using DinOrleans.Programs.Starting;
using DinOrleans.Programs.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace DinOrleans.ClusterClient;

/// <summary>Connects a process without a silo to its cluster as an Orleans client.</summary>
public static class ClusterClientHosting
{
    /// <summary>
    /// How often the client reads the list of silos. Until it does, calls go through a silo that was voted out, although others could take them.
    /// Orleans' default of one minute would keep a frozen silo in use long after its cluster has given it up.
    /// </summary>
    private static readonly TimeSpan SilosAreReadEvery = TimeSpan.FromSeconds(2);

    /// <summary>Adds the client, configured by the section <see cref="ClusterClientOptions.Section"/>. A process with a silo of its own needs none.</summary>
    /// <exception cref="SettingException">A setting of the section breaks a rule.</exception>
    public static IHostApplicationBuilder AddClusterClient(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ClusterClientOptions>().BindConfiguration(ClusterClientOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.AddClientTls();
        builder.Services.AddSingleton<IStartCheck, ClusterDatabase>();
        ClusterClientOptions options = SettingsSection.Read<ClusterClientOptions>(builder.Configuration);
        builder.UseOrleansClient(client =>
        {
            client.UseConnectionRetryFilter<FirstConnection>();
            if (builder.ExportsTraces())
            {
                client.AddActivityPropagation();
            }

            client.Configure<GatewayOptions>(o => o.GatewayListRefreshPeriod = SilosAreReadEvery);
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
