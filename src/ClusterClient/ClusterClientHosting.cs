using System.ComponentModel.DataAnnotations;
using DinOrleans.ClusterTls;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Users;
using DinOrleans.Programs.Settings;
using DinOrleans.Programs.Starting;
using DinOrleans.Programs.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Serialization;

namespace DinOrleans.ClusterClient;

/// <summary>Connects a process without a silo to its cluster as an Orleans client.</summary>
public static class ClusterClientHosting
{
    /// <summary>
    /// How often the client reads the list of silos. Until it does, calls go through a silo that was voted out, although others could take them.
    /// Orleans' default of one minute would keep a frozen silo in use long after its cluster has given it up.
    /// </summary>
    private static readonly TimeSpan SilosAreReadEvery = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Adds the Orleans client of a DinOrleans cluster, so that services can call its grains through <see cref="IGrainFactory"/>. It is configured by the
    /// sections <see cref="ClusterClientOptions.Section"/> and "ClusterTls". A host that starts before its cluster waits for a first silo. A process with a silo of its
    /// own needs no client.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="configure">Changes what the configuration says about the cluster; null for nothing.</param>
    /// <exception cref="SettingException">A setting breaks a rule. The message names it.</exception>
    public static IHostApplicationBuilder AddDinOrleansGrainClient(this IHostApplicationBuilder builder, Action<ClusterClientOptions>? configure = null)
    {
        ClusterClientOptions options = SettingsSection.Read<ClusterClientOptions>(builder.Configuration);
        configure?.Invoke(options);
        Require(options);
        builder.Services.AddOptions<ClusterClientOptions>()
            .BindConfiguration(ClusterClientOptions.Section)
            .Configure(o => configure?.Invoke(o))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.AddClientTls();

        // The programs of DinOrleans run the check before anything else of the host. Other hosts run it when they start.
        builder.Services.AddSingleton<ClusterDatabase>();
        builder.Services.AddSingleton<IStartCheck>(services => services.GetRequiredService<ClusterDatabase>());
        builder.Services.AddHostedService(services => services.GetRequiredService<ClusterDatabase>());
        builder.Services.AddSerializer(serializer => serializer.AddAssembly(typeof(IUserGrain).Assembly));
        bool exportsTraces = builder.ExportsTraces();
        return builder.UseOrleansClient(client => Configure(client, options, exportsTraces));
    }

    private static void Configure(IClientBuilder client, ClusterClientOptions options, bool exportsTraces)
    {
        client.UseConnectionRetryFilter<FirstConnection>();
        if (exportsTraces)
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
    }

    /// <summary>Checks the options again, because code may have changed what the configuration says.</summary>
    private static void Require(ClusterClientOptions options)
    {
        List<ValidationResult> broken = [];
        if (!Validator.TryValidateObject(options, new ValidationContext(options), broken, validateAllProperties: true))
        {
            throw new SettingException(string.Join(' ', broken.Select(b => b.ErrorMessage)));
        }
    }
}
