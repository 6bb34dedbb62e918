using DinOrleans.Contracts.Models;

namespace DinOrleans.Storage.Registry;

/// <summary>What the model registry must remember over restarts.</summary>
public interface IRegistryStore
{
    /// <summary>All recorded versions, newest first, and the active one.</summary>
    Task<RegistryState> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Adds or replaces a version.</summary>
    Task PutVersionAsync(ModelVersionInfo version, CancellationToken cancellationToken);

    /// <summary>Moves the pointer to the active version.</summary>
    Task SetActiveAsync(string version, CancellationToken cancellationToken);
}

/// <summary>The durable registry.</summary>
/// <param name="Versions">Newest first.</param>
/// <param name="Active">The version rankings use; null before any.</param>
public sealed record RegistryState(IReadOnlyList<ModelVersionInfo> Versions, string? Active);
