using DinOrleans.Grains.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Grains.Models;

/// <summary>Registers what loads model versions and follows the registry.</summary>
internal static class ModelsSiloBuilderExtensions
{
    public static ISiloBuilder AddModels(this ISiloBuilder silo, IConfiguration configuration)
    {
        silo.Services
            .AddCheckedOptions<ModelOptions>(configuration, ModelOptions.Section)
            .AddSingleton<VersionDescriptions>()
            .AddSingleton<ModelLoader>()
            .AddSingleton<ModelHost>()
            .AddSingleton<RegistrySync>()
            .AddParticipant<ModelFollower>();
        return silo;
    }
}
