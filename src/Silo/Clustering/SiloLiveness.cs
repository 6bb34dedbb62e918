using Orleans.Configuration;

namespace DinOrleans.Silo.Clustering;

/// <summary>Configures how silos find out that one of them is dead or frozen.</summary>
/// <remarks>
/// A silo is voted out when it has answered no probe and sent no message for <see cref="ClusterMembershipOptions.MaxProbeTimeout"/> times
/// <see cref="ClusterMembershipOptions.NumMissedProbesLimit"/>. Its row in the membership table counts as stale after the same time without a
/// heartbeat, so that the rows of silos that were killed together do not hold up the one that starts again.
/// </remarks>
internal static class SiloLiveness
{
    private const int Misses = 3;

    /// <summary>Sets the probes and heartbeats of a silo.</summary>
    /// <param name="silo">The silo to configure.</param>
    /// <param name="silence">How long a silo may be silent before the others vote it out.</param>
    public static ISiloBuilder VoteOutAfter(this ISiloBuilder silo, TimeSpan silence) => silo.Configure<ClusterMembershipOptions>(o =>
    {
        o.NumMissedProbesLimit = Misses;
        o.NumMissedTableIAmAliveLimit = Misses;
        o.MaxProbeTimeout = silence / Misses;
        o.ProbeTimeout = o.MaxProbeTimeout / 2;
        o.MinProbeTimeout = o.MaxProbeTimeout / Misses;
        o.IAmAliveTablePublishTimeout = silence / Misses;
        o.TableRefreshTimeout = silence;
    });
}
