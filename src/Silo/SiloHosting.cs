using System.Net;
using DinOrleans.ClusterTls;
using DinOrleans.Contracts;
using DinOrleans.Grains;
using DinOrleans.Grains.Scoring;
using DinOrleans.Grains.Users;
using DinOrleans.Programs.Settings;
using DinOrleans.Programs.Starting;
using DinOrleans.Programs.Telemetry;
using DinOrleans.Silo.Clustering;
using DinOrleans.Silo.Dashboard;
using DinOrleans.Silo.Settings;
using DinOrleans.Silo.Starting;
using DinOrleans.Storage.Erasures;
using DinOrleans.Storage.Postgres;
using DinOrleans.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using SiloOptions = DinOrleans.Silo.Settings.SiloOptions;

namespace DinOrleans.Silo;

/// <summary>Composes a silo: stores, clustering and grains.</summary>
public static class SiloHosting
{
    /// <summary>
    /// How long a silo that stops goes on answering after it has told its clients to use other silos. Without this time it would take the answers to the
    /// requests under way with it, and their callers would wait for them in vain.
    /// </summary>
    private static readonly TimeSpan ClientsLeaveWithin = TimeSpan.FromSeconds(2);

    /// <summary>Adds a silo to a process, configured by the process's settings.</summary>
    /// <exception cref="SettingException">A setting of the section <see cref="SiloOptions.Section"/> breaks a rule.</exception>
    public static IHostApplicationBuilder AddDinOrleansSilo(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<SiloOptions>().BindConfiguration(SiloOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        SiloOptions options = SettingsSection.Read<SiloOptions>(builder.Configuration);

        // The grains are composed by these settings, before options are validated.
        SettingsSection.Read<ScoringOptions>(builder.Configuration);
        builder.AddSiloTls();
        AddStores(builder.Services, options);
        builder.Services.AddSingleton<IStartCheck, RequiredFiles>();
        builder.UseOrleans(silo =>
        {
            AddMessaging(silo, options);
            AddClustering(silo, options);
            if (builder.ExportsTraces())
            {
                silo.AddActivityPropagation();
            }

            silo.LetIdleUsersLeave(options.IdleUsersLeaveAfter, options.UnknownUsersLeaveAfter);
            silo.AddDinOrleansGrains(builder.Configuration);
            silo.AddSiloDashboard();
        });
        ExclusivePorts.Add(builder.Services, options);
        return builder;
    }

    private static void AddStores(IServiceCollection services, SiloOptions options)
    {
        services.AddOptions<ErasureOptions>().BindConfiguration(ErasureOptions.Section);
        if (options.Backend == SiloBackend.PostgreSql)
        {
            services.AddSingleton<IStartCheck, DatabaseCheck>();
            services.AddPostgresStorage(options.ConnectionString ?? "", options.DataFolder);
            services.AddHostedService<PostgresMembership>();
            return;
        }

        services.AddSingleton(_ => new DataFolderLock(options.DataFolder));
        services.AddSingleton<IStartCheck>(s => s.GetRequiredService<DataFolderLock>());
        services.AddSqliteStorage(options.DataFolder);
    }

    private static void AddMessaging(ISiloBuilder silo, SiloOptions options) => silo.Configure<SiloMessagingOptions>(o =>
    {
        o.ResponseTimeout = CallDeadlines.LongestRanking;
        o.CancelRequestOnTimeout = true;
        if (options.Backend == SiloBackend.PostgreSql)
        {
            o.ClientGatewayShutdownNotificationTimeout = ClientsLeaveWithin;
        }
    });

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
            silo.ConfigureEndpoints(address, options.SiloPort, options.GatewayPort, listenOnAnyHostAddress: options.ListenOnAnyAddress);
        }
        else
        {
            silo.ConfigureEndpoints(options.SiloPort, options.GatewayPort, listenOnAnyHostAddress: options.ListenOnAnyAddress);
        }
    }
}
