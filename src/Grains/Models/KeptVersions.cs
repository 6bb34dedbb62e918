using DinOrleans.Contracts.Models;
using DinOrleans.Storage.Registry;

namespace DinOrleans.Grains.Models;

/// <summary>Decides which versions may be removed.</summary>
internal static class KeptVersions
{
    /// <summary>Returns the versions that are not among the newest and are neither active, target, retiring nor the one to go back to.</summary>
    /// <param name="versions">All versions, newest first.</param>
    /// <param name="activation">The versions that serve.</param>
    /// <param name="keep">The number of the newest versions to keep.</param>
    public static IReadOnlyList<string> Surplus(IReadOnlyList<ModelVersionInfo> versions, ModelActivation activation, int keep) =>
    [
        .. versions.Skip(keep).Select(v => v.Version)
            .Where(v => v != activation.Active && v != activation.Target && v != activation.Retiring && v != activation.Previous),
    ];
}
