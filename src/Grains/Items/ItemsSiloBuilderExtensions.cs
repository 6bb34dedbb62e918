using DinOrleans.Grains.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Grains.Items;

/// <summary>Registers the item catalogue of a silo.</summary>
internal static class ItemsSiloBuilderExtensions
{
    public static ISiloBuilder AddItemCatalogue(this ISiloBuilder silo)
    {
        silo.Services
            .AddSingleton<ItemCatalogue>()
            .AddParticipant<CatalogueFollower>();
        return silo;
    }
}
