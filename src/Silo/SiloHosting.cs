using DinOrleans.Grains;
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
        builder.Services.AddSqliteStorage(options.DataFolder);
        builder.UseOrleans(silo =>
        {
            silo.Configure<GrainCollectionOptions>(o => o.CollectionAge = options.IdleUsersLeaveAfter);
            silo.UseLocalhostClustering(options.SiloPort, options.GatewayPort, primarySiloEndpoint: null, options.ClusterId, options.ClusterId);
            silo.AddDinOrleansGrains(builder.Configuration);
        });
        return builder;
    }
}
