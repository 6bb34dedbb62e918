using DinOrleans.Grains.Hosting;
using Microsoft.Extensions.Configuration;

namespace DinOrleans.Grains.Impressions;

/// <summary>Registers the ranking log of a silo.</summary>
internal static class ImpressionsSiloBuilderExtensions
{
    public static ISiloBuilder AddRankingLog(this ISiloBuilder silo, IConfiguration configuration)
    {
        silo.Services
            .AddCheckedOptions<RankingLogOptions>(configuration, RankingLogOptions.Section)
            .AddParticipant<RankingLog>();
        return silo;
    }
}
