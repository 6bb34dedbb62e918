using DinOrleans.Contracts.Models;

namespace DinOrleans.Storage.Registry;

/// <summary>The stored state of the model registry.</summary>
/// <param name="Revision">Grows by one with each change.</param>
/// <param name="Activation">The versions that serve.</param>
/// <param name="Versions">All recorded versions, newest first.</param>
public sealed record RegistryState(long Revision, ModelActivation Activation, IReadOnlyList<ModelVersionInfo> Versions);

/// <summary>The versions that serve, and those that are on their way in or out.</summary>
public sealed record ModelActivation
{
    /// <summary>The state before anything is published.</summary>
    public static ModelActivation None { get; } = new();

    /// <summary>The version that rankings use; null before the first one is active.</summary>
    public string? Active { get; init; }

    /// <summary>The version that silos are loading; null where there is none.</summary>
    public string? Target { get; init; }

    /// <summary>When <see cref="Target"/> was chosen; null where that is not known.</summary>
    public DateTimeOffset? TargetSince { get; init; }

    /// <summary>The version that was active before and that rankings under way may still use; null where no ranking does.</summary>
    public string? Retiring { get; init; }

    /// <summary>The version that was active before, which can be activated again; null before a second one is active.</summary>
    public string? Previous { get; init; }
}

/// <summary>A change of the registry.</summary>
/// <param name="Revision">The revision on which the change was decided.</param>
/// <param name="Activation">The state that replaces the stored one.</param>
public sealed record RegistryChange(long Revision, ModelActivation Activation)
{
    /// <summary>A version to add or replace; null for none.</summary>
    public ModelVersionInfo? Put { get; init; }

    /// <summary>The names of versions to remove.</summary>
    public IReadOnlyList<string> Remove { get; init; } = [];
}

/// <summary>A version that the registry names.</summary>
/// <param name="Version">The name of the version.</param>
/// <param name="IsRefused">True for a version that the cluster refused.</param>
public sealed record NamedVersion(string Version, bool IsRefused);
