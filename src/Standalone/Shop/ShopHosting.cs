using DinOrleans.Programs.Starting;
using DinOrleans.Training.Log;

namespace DinOrleans.Standalone.Shop;

/// <summary>Composes what a shop has beside silo and gateway.</summary>
internal static class ShopHosting
{
    public static void AddShop(this IHostApplicationBuilder builder, StandaloneArguments arguments)
    {
        IServiceCollection services = builder.Services;
        services.AddSingleton(arguments);
        services.AddSingleton<PreparedShop>();
        services.AddSingleton<IStartCheck>(s => s.GetRequiredService<PreparedShop>());
        services.AddSingleton(s => s.GetRequiredService<PreparedShop>().Folders);
        services.AddSingleton<ShopLoader>();
        services.AddSingleton<TrainingLogReader>();
        services.AddSingleton<RankingExample>();
        services.AddHostedService<ShopStartup>();
    }
}
