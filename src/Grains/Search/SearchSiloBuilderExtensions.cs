using DinOrleans.Grains.Hosting;

namespace DinOrleans.Grains.Search;

/// <summary>Registers what finds users and items.</summary>
internal static class SearchSiloBuilderExtensions
{
    public static ISiloBuilder AddSearch(this ISiloBuilder silo)
    {
        silo.Services.AddParticipant<ItemSearchIndexes>();
        return silo;
    }
}
