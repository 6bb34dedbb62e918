using DinOrleans.Contracts.Models;
using DinOrleans.Storage.Registry;

namespace DinOrleans.Grains.Models;

/// <summary>Which versions may be removed.</summary>
internal static class KeptVersions
{
    /// <summary>Those beyond the newest ones that do not serve, are not on their way and are not the one to go back to.</summary>
    /// <param name="versions">Newest first.</param>
    /// <param name="activation">Which versions serve.</param>
    /// <param name="keep">How many of the newest are kept.</param>
    public static IReadOnlyList<string> Surplus(IReadOnlyList<ModelVersionInfo> versions, ModelActivation activation, int keep) =>
    [
        .. versions.Skip(keep).Select(v => v.Version)
            .Where(v => v != activation.Active && v != activation.Target && v != activation.Retiring && v != activation.Previous),
    ];
}
