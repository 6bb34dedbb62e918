using DinOrleans.Grains.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Grains.Experiments;

/// <summary>Registers what runs and measures experiments.</summary>
internal static class ExperimentsSiloBuilderExtensions
{
    public static ISiloBuilder AddExperiments(this ISiloBuilder silo, IConfiguration configuration)
    {
        silo.Services
            .AddCheckedOptions<ExperimentOptions>(configuration, ExperimentOptions.Section)
            .AddSingleton<RankingMeasures>()
            .AddSingleton<EventAttribution>()
            .AddSingleton<ExperimentGauges>()
            .AddSingleton<ExperimentDesk>()
            .AddParticipant<ExperimentFollower>();
        return silo;
    }
}
