using Orleans.Configuration;
using Orleans.Versions.Compatibility;
using Orleans.Versions.Selector;

namespace DinOrleans.Grains.Hosting;

/// <summary>Says which silo takes a call while silos and callers of two builds run together.</summary>
/// <remarks>
/// Each grain interface has a version, which rises when a call is added. A grain takes calls of its own version and of older ones. A call of a newer
/// version moves the grain to a silo of that version, so a call never reaches a silo that does not know it.
/// </remarks>
internal static class InterfaceVersions
{
    /// <summary>Lets silos take the calls of older builds, and spreads grains over all silos that can take a call.</summary>
    public static ISiloBuilder TakeCallsOfOlderBuilds(this ISiloBuilder silo) => silo.Configure<GrainVersioningOptions>(o =>
    {
        // These are the defaults of Orleans. They are stated because upgrades stand on them.
        o.DefaultCompatibilityStrategy = nameof(BackwardCompatible);
        o.DefaultVersionSelectorStrategy = nameof(AllCompatibleVersions);
    });
}
