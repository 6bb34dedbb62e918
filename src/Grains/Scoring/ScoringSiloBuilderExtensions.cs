using DinOrleans.Grains.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DinOrleans.Grains.Scoring;

/// <summary>Registers the batcher of a silo.</summary>
internal static class ScoringSiloBuilderExtensions
{
    public static ISiloBuilder AddScoring(this ISiloBuilder silo, IConfiguration configuration)
    {
        silo.Services
            .AddCheckedOptions<ScoringOptions>(configuration, ScoringOptions.Section)
            .AddSingleton<IValidateOptions<ScoringOptions>, ScoringOptionsValidator>()
            .AddSingleton<ScoreBatcher>();
        return silo;
    }
}
