using DinOrleans.Contracts;
using DinOrleans.Contracts.Health;
using Orleans.CodeGeneration;

namespace DinOrleans.Grains.Health;

/// <summary>The side of the cluster's load that silos call. It is the same grain as <see cref="IClusterLoadGrain"/>, with key 0.</summary>
[Alias("DinOrleans.ISiloLoadGrain"), Version(1)]
public interface ISiloLoadGrain : IGrainWithIntegerKey
{
    /// <summary>Takes the report of a silo, which replaces the one before.</summary>
    /// <exception cref="InvalidInputException">The caller is not a silo of the cluster.</exception>
    [Alias("Report"), ResponseTimeout(CallDeadlines.Usual)]
    Task ReportAsync(SiloLoad load, CancellationToken cancellationToken = default);
}
