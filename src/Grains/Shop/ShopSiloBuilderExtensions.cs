using DinOrleans.Grains.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Grains.Shop;

/// <summary>Registers the shop that a silo serves.</summary>
internal static class ShopSiloBuilderExtensions
{
    public static ISiloBuilder AddShop(this ISiloBuilder silo, IConfiguration configuration)
    {
        silo.Services
            .AddCheckedOptions<ShopOptions>(configuration, ShopOptions.Section)
            .AddSingleton<ShopSchema>();
        return silo;
    }
}
