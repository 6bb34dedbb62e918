using DinOrleans.Contracts.Models;

namespace DinOrleans.Storage.Registry;

/// <summary>The durable registry.</summary>
/// <param name="Revision">Grows by one with each change.</param>
/// <param name="Activation">Which versions serve.</param>
/// <param name="Versions">Newest first.</param>
public sealed record RegistryState(long Revision, ModelActivation Activation, IReadOnlyList<ModelVersionInfo> Versions);

/// <summary>Which versions of the registry serve, and which are on their way in or out.</summary>
public sealed record ModelActivation
{
    /// <summary>Nothing was published yet.</summary>
    public static ModelActivation None { get; } = new();

    /// <summary>The version that rankings use; null before any.</summary>
    public string? Active { get; init; }

    /// <summary>The version on its way to be active; null where none is.</summary>
    public string? Target { get; init; }

    /// <summary>When <see cref="Target"/> was chosen; null where that is not known.</summary>
    public DateTimeOffset? TargetSince { get; init; }

    /// <summary>The version that was active before and that rankings under way may still use; null where none does.</summary>
    public string? Retiring { get; init; }

    /// <summary>The version that was active before, to go back to; null before the second one.</summary>
    public string? Previous { get; init; }
}

/// <summary>A change of the registry.</summary>
/// <param name="Revision">The revision that it was decided on.</param>
/// <param name="Activation">Replaces what is stored.</param>
public sealed record RegistryChange(long Revision, ModelActivation Activation)
{
    /// <summary>A version to add or replace; null for none.</summary>
    public ModelVersionInfo? Put { get; init; }

    /// <summary>Names of versions to forget.</summary>
    public IReadOnlyList<string> Remove { get; init; } = [];
}
