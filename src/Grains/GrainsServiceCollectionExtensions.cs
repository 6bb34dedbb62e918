using DinOrleans.Grains.Experiments;
using DinOrleans.Grains.Health;
using DinOrleans.Grains.Hosting;
using DinOrleans.Grains.Impressions;
using DinOrleans.Grains.Inference;
using DinOrleans.Grains.Items;
using DinOrleans.Grains.Models;
using DinOrleans.Grains.Popularity;
using DinOrleans.Grains.Scoring;
using DinOrleans.Grains.Search;
using DinOrleans.Grains.Shop;
using DinOrleans.Grains.Telemetry;
using DinOrleans.Grains.Trainings;
using DinOrleans.Grains.Users;
using Microsoft.Extensions.Configuration;

namespace DinOrleans.Grains;

/// <summary>Registers everything that the grains of a silo need, except for the stores.</summary>
public static class GrainsServiceCollectionExtensions
{
    /// <summary>Adds the grains' services. Their settings are bound to sections of the configuration and checked when the silo starts.</summary>
    /// <param name="silo">The silo, which has the stores.</param>
    /// <param name="configuration">The settings.</param>
    public static ISiloBuilder AddDinOrleansGrains(this ISiloBuilder silo, IConfiguration configuration) => silo
        .AddClocks()
        .AddWireExceptions()
        .TakeCallsOfOlderBuilds()
        .AddGrainsTelemetry()
        .AddShop(configuration)
        .AddScoring(configuration)
        .AddInference(configuration)
        .AddModels(configuration)
        .AddItemCatalogue()
        .AddPopularity()
        .AddSearch()
        .AddLoadReports()
        .AddRankingLog(configuration)
        .AddExperiments(configuration)
        .AddTrainings(configuration)
        .AddUsers();
}
