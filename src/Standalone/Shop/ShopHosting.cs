using DinOrleans.Programs.Settings;
using DinOrleans.Programs.Starting;
using DinOrleans.Silo.Settings;
using DinOrleans.Training.Service;
using DinOrleans.Training.Service.Attempts;

namespace DinOrleans.Standalone.Shop;

/// <summary>Registers the parts of a standalone shop besides silo and gateway.</summary>
internal static class ShopHosting
{
    /// <summary>Adds the preparation of the folders and the first start of the shop.</summary>
    public static void AddShop(this IHostApplicationBuilder builder, StandaloneArguments arguments)
    {
        IServiceCollection services = builder.Services;
        services.AddSingleton(arguments);
        services.AddSingleton<PreparedShop>();
        services.AddSingleton<IStartCheck>(s => s.GetRequiredService<PreparedShop>());
        services.AddSingleton(s => s.GetRequiredService<PreparedShop>().Folders);
        services.AddSingleton<ShopLoader>();
        services.AddSingleton<UsersInMemory>();
        services.AddSingleton<ConsoleTraining>();
        services.AddSingleton<ITrainingListener>(s => s.GetRequiredService<ConsoleTraining>());
        services.AddSingleton<PatientCalls>();
        services.AddSingleton<FirstTraining>();
        services.AddSingleton<RankingExample>();
        services.AddHostedService<ShopStartup>();
        SiloOptions silo = SettingsSection.Read<SiloOptions>(builder.Configuration);
        services.AddTrainingService(silo.DataFolder, isOnly: silo.Backend == SiloBackend.Embedded);
    }
}
