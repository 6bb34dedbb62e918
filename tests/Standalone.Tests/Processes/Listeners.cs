using System.Net;
using System.Net.NetworkInformation;

namespace DinOrleans.Standalone.Tests.Processes;

/// <summary>What listens on this machine.</summary>
internal static class Listeners
{
    /// <summary>The addresses on which something listens on any of some ports.</summary>
    public static IPEndPoint[] On(params IEnumerable<int> ports) =>
        [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(l => ports.Contains(l.Port))];
}
