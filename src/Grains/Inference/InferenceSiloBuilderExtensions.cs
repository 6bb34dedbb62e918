using DinOrleans.Grains.Scoring;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace DinOrleans.Grains.Inference;

/// <summary>Registers how requests find a silo that scores them.</summary>
internal static class InferenceSiloBuilderExtensions
{
    public static ISiloBuilder AddInference(this ISiloBuilder silo, IConfiguration configuration)
    {
        silo.Services
            .AddSingleton<InferenceRouter>()
            .AddPlacementFilter<AcceleratorPlacementFilter, AcceleratorPlacementFilterDirector>(ServiceLifetime.Singleton);
        Accelerator accelerator = configuration.GetSection(ScoringOptions.Section).Get<ScoringOptions>()?.Accelerator ?? Accelerator.Cpu;
        return silo.UseSiloMetadata(AcceleratorPlacementFilter.Metadata(accelerator));
    }
}
