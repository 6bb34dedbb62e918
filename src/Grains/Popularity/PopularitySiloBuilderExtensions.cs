using DinOrleans.Grains.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Grains.Popularity;

/// <summary>Registers what ranks before the first model version is active.</summary>
internal static class PopularitySiloBuilderExtensions
{
    public static ISiloBuilder AddPopularity(this ISiloBuilder silo)
    {
        silo.Services
            .AddSingleton<PopularityIndex>()
            .AddParticipant<PopularityFollower>();
        return silo;
    }
}
