using System.Net;
using DinOrleans.Contracts;
using DinOrleans.Grains;
using DinOrleans.Grains.Users;
using DinOrleans.Silo.Clustering;
using DinOrleans.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace DinOrleans.Silo;

/// <summary>Composes a silo: stores, clustering and grains.</summary>
public static class SiloHosting
{
    /// <summary>Adds a silo to a process, set up by its configuration.</summary>
    public static IHostApplicationBuilder AddDinOrleansSilo(this IHostApplicationBuilder builder)
    {
        IConfigurationSection section = builder.Configuration.GetSection(SiloOptions.Section);
        builder.Services.AddOptions<SiloOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        SiloOptions options = section.Get<SiloOptions>() ?? new SiloOptions();
        if (options.Backend == SiloBackend.PostgreSql)
        {
            builder.Services.AddPostgresStorage(options.ConnectionString ?? "", options.DataFolder);
            builder.Services.AddHostedService<PostgresMembership>();
        }
        else
        {
            builder.Services.AddSqliteStorage(options.DataFolder);
        }

        builder.UseOrleans(silo =>
        {
            silo.LetIdleUsersLeave(options.IdleUsersLeaveAfter, options.UnknownUsersLeaveAfter);
            silo.Configure<SiloMessagingOptions>(o =>
            {
                o.ResponseTimeout = CallDeadlines.LongestRanking;
                o.CancelRequestOnTimeout = true;
            });
            AddClustering(silo, options);
            silo.AddDinOrleansGrains(builder.Configuration);
        });
        return builder;
    }

    private static void AddClustering(ISiloBuilder silo, SiloOptions options)
    {
        if (options.Backend == SiloBackend.Embedded)
        {
            silo.UseLocalhostClustering(options.SiloPort, options.GatewayPort, primarySiloEndpoint: null, options.ClusterId, options.ClusterId);
            return;
        }

        silo.Configure<ClusterOptions>(o => o.ClusterId = o.ServiceId = options.ClusterId);
        silo.VoteOutAfter(options.SilentSilosLeaveAfter);
        silo.UseAdoNetClustering(o =>
        {
            o.Invariant = "Npgsql";
            o.ConnectionString = options.ConnectionString ?? "";
        });
        if (IPAddress.TryParse(options.AdvertisedAddress, out IPAddress? address))
        {
            silo.ConfigureEndpoints(address, options.SiloPort, options.GatewayPort, listenOnAnyHostAddress: true);
        }
        else
        {
            silo.ConfigureEndpoints(options.SiloPort, options.GatewayPort, listenOnAnyHostAddress: true);
        }
    }
}
