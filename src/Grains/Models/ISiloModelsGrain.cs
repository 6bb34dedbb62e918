using DinOrleans.Contracts;
using DinOrleans.Contracts.Models;
using Orleans.CodeGeneration;

namespace DinOrleans.Grains.Models;

/// <summary>The side of the model registry that silos call. It is the same grain as <see cref="IModelRegistryGrain"/>, with key 0.</summary>
[Alias("DinOrleans.ISiloModelsGrain"), Version(1)]
public interface ISiloModelsGrain : IGrainWithIntegerKey
{
    /// <summary>Takes a silo's report of what it holds, and answers what it should hold.</summary>
    /// <exception cref="InvalidInputException">The caller is not a silo of the cluster.</exception>
    /// <exception cref="StoreUnavailableException">The registry cannot store what follows from the report. Report again.</exception>
    [Alias("Report"), ResponseTimeout(CallDeadlines.Usual)]
    Task<ModelAssignment> ReportAsync(SiloModels report, CancellationToken cancellationToken = default);
}
