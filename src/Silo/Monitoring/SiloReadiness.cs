using DinOrleans.Grains.Models;
using DinOrleans.Programs.Monitoring;

namespace DinOrleans.Silo.Monitoring;

/// <summary>A silo can do its work where it has joined its cluster and holds the active version.</summary>
internal sealed class SiloReadiness(ISiloStatusOracle members, ModelHost models) : IReadiness
{
    /// <inheritdoc/>
    public Task<string?> ReasonAgainstAsync(CancellationToken cancellationToken) => Task.FromResult(
        members.CurrentStatus != SiloStatus.Active ? $"The silo is {members.CurrentStatus} in its cluster and not Active."
        : models.Missing is { } version ? $"This silo could not load the active model version {version}{Because(models.WhyNotLoaded(version))}"
        : null);

    private static string Because(string? reason) => reason is null ? "." : $": {reason.TrimEnd('.')}.";
}
