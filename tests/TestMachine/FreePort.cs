using System.Net;
using System.Net.Sockets;

namespace DinOrleans.TestMachine;

/// <summary>Ports that nothing listens on.</summary>
public static class FreePort
{
    /// <summary>Finds ports of loopback that differ from each other.</summary>
    public static int[] Take(int count)
    {
        // All are held until the last is known, so that they differ.
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (TcpListener listener in listeners)
        {
            listener.Start();
        }

        int[] ports = [.. listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port)];
        foreach (TcpListener listener in listeners)
        {
            listener.Stop();
        }

        return ports;
    }
}
