using DinOrleans.Contracts;
using DinOrleans.Contracts.Health;
using DinOrleans.Grains.Models;

namespace DinOrleans.Grains.Health;

/// <inheritdoc cref="IClusterLoadGrain"/>
public sealed class ClusterLoadGrain(TimeProvider time) : Grain, IClusterLoadGrain, ISiloLoadGrain, IIncomingGrainCallFilter
{
    /// <summary>How long a report counts. A silo reports every two seconds.</summary>
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, (SiloLoad Load, long At)> _reports = [];

    /// <inheritdoc/>
    public Task Invoke(IIncomingGrainCallContext context) =>
        context.InterfaceMethod.DeclaringType == typeof(ISiloLoadGrain) && RegistryCallers.IsOutside(context.SourceId)
            ? throw new InvalidInputException([new("silo", "must be a silo of the cluster that reports for itself")])
            : context.Invoke();

    /// <inheritdoc/>
    public Task ReportAsync(SiloLoad load, CancellationToken cancellationToken)
    {
        _reports[load.Silo] = (load, time.GetTimestamp());
        foreach (string gone in _reports.Where(r => time.GetElapsedTime(r.Value.At) > Age).Select(r => r.Key).ToArray())
        {
            _reports.Remove(gone);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<SiloLoad>> GetAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<SiloLoad>>(
        [.. _reports.Values.Where(r => time.GetElapsedTime(r.At) <= Age).Select(r => r.Load).OrderBy(l => l.Silo, StringComparer.Ordinal)]);
}
