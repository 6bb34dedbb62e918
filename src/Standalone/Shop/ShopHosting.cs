using DinOrleans.Programs.Starting;
using DinOrleans.Training.Log;

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
        services.AddSingleton<TrainingLogReader>();
        services.AddSingleton<RankingExample>();
        services.AddHostedService<ShopStartup>();
    }
}
