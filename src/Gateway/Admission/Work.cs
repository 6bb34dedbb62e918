using DinOrleans.Gateway.Settings;

namespace DinOrleans.Gateway.Admission;

/// <summary>The kind of work that a request asks for. Each kind is admitted by a bound of its own.</summary>
internal enum Work
{
    /// <summary>A ranking, bounded by <see cref="GatewayOptions.MaxConcurrentRankings"/>.</summary>
    Ranking,

    /// <summary>A write, bounded by <see cref="GatewayOptions.MaxWriteBytesInHand"/>.</summary>
    Write,
}
