using System.Net;
using System.Net.Sockets;

namespace DinOrleans.TestMachine;

/// <summary>
/// Ports that nothing listens on, and that stay free for whoever took them: also while a server that a test restarts is away. They lie below those that
/// the system, and test clusters of Orleans, give to connections and listeners that name none, and each process of tests takes blocks that no other one has.
/// </summary>
public static class FreePort
{
    private const int First = 12_000;
    private const int PortsABlock = 100;
    private const int Blocks = 100;

    private static readonly Lock Taking = new();
    private static readonly string Folder = Path.Combine(Path.GetTempPath(), $"dinorleans-test-ports-{Environment.UserName}");

    // A block belongs to the process for as long as it keeps the block's file open.
    private static readonly List<FileStream> Held = [];
    private static readonly Queue<int> Ports = [];

    /// <summary>Takes ports of loopback that differ from each other and from all that were taken before.</summary>
    /// <exception cref="InvalidOperationException">All of them are taken.</exception>
    public static int[] Take(int count)
    {
        int[] ports = new int[count];
        lock (Taking)
        {
            for (int taken = 0; taken < count;)
            {
                if (Ports.Count == 0)
                {
                    HoldABlock();
                }

                int port = Ports.Dequeue();
                ports[taken] = port;
                taken += IsFree(port) ? 1 : 0;
            }
        }

        return ports;
    }

    private static void HoldABlock()
    {
        Directory.CreateDirectory(Folder);
        int start = Random.Shared.Next(Blocks);
        for (int i = 0; i < Blocks; i++)
        {
            int block = (start + i) % Blocks;
            try
            {
                Held.Add(new(Path.Combine(Folder, $"{block}"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException)
            {
                // Another process has it, or this one.
                continue;
            }

            foreach (int port in Enumerable.Range(First + (block * PortsABlock), PortsABlock))
            {
                Ports.Enqueue(port);
            }

            return;
        }

        throw new InvalidOperationException($"All ports from {First} to {First + (Blocks * PortsABlock) - 1} are taken.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
