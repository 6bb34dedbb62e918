using Orleans.Configuration;

namespace DinOrleans.Gateway.Clustering;

/// <summary>Connects a gateway process to its cluster as an Orleans client.</summary>
public static class ClusterClientHosting
{
    /// <summary>Adds the client, set up by the section <see cref="ClusterClientOptions.Section"/>. A process with a silo of its own needs none.</summary>
    public static IHostApplicationBuilder AddGatewayClusterClient(this IHostApplicationBuilder builder)
    {
        IConfigurationSection section = builder.Configuration.GetSection(ClusterClientOptions.Section);
        builder.Services.AddOptions<ClusterClientOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        ClusterClientOptions options = section.Get<ClusterClientOptions>() ?? new ClusterClientOptions();
        builder.UseOrleansClient(client =>
        {
            client.UseConnectionRetryFilter<FirstConnection>();
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
