using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace DinOrleans.Standalone.Tests.Processes;

/// <summary>A port that a test has taken is still free when the server that it is for comes to listen on it, however long that takes.</summary>
public sealed class FreePortTests
{
    [Fact]
    public void Take_SeveralTimes_GivesPortsThatDifferAndCanBeListenedOn()
    {
        int[] ports = [.. FreePort.Take(150), .. FreePort.Take(1), .. FreePort.Take(60)];
        Assert.Equal(ports.Length, ports.Distinct().Count());
        Assert.All(ports, port =>
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        });
    }

    [Fact]
    public void Take_Always_GivesNoPortThatTheSystemGivesToOthers()
    {
        int[] listening = [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(l => l.Port)];
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        int[] ports = FreePort.Take(100);
        Assert.Empty(ports.Intersect(listening));
        Assert.True(ports.Max() < ((IPEndPoint)other.LocalEndpoint).Port, $"{ports.Max()} may be given to any listener.");
    }
}
