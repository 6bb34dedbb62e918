using System.Net;
using System.Net.Sockets;

namespace DinOrleans.TestMachine.ObjectStores;

/// <summary>What happens to a transfer.</summary>
public enum TransferFault
{
    /// <summary>The connection is closed.</summary>
    Cut,

    /// <summary>Nothing more is passed on, and the connection stays open.</summary>
    Stall,

    /// <summary>One bit is turned over.</summary>
    Corrupt,
}

/// <summary>Passes connections on to a server of this machine, and spoils what passes when it is told to.</summary>
public sealed class FaultyProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _stallsEnd = new();
    private readonly Lock _lock = new();
    private readonly int _target;
    private readonly Task _accepting;
    private TransferFault _fault;
    private bool _isOfRequests;
    private long _every;
    private long _left;
    private int _times;

    /// <param name="target">The port of the server.</param>
    public FaultyProxy(int target)
    {
        _target = target;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>The port to connect to.</summary>
    public int Port { get; }

    /// <summary>The number of faults that have happened.</summary>
    public int Struck { get; private set; }

    /// <summary>The number of bytes that the server has sent.</summary>
    public long AnswerBytes { get; private set; }

    /// <summary>Spoils what passes from now on.</summary>
    /// <param name="fault">What happens.</param>
    /// <param name="afterBytes">After how many bytes, of all connections together, it happens for the first time and again.</param>
    /// <param name="times">How often it happens.</param>
    /// <param name="ofRequests">True to spoil what clients send, false to spoil what the server answers.</param>
    public void Spoil(TransferFault fault, long afterBytes, int times = 1, bool ofRequests = false)
    {
        lock (_lock)
        {
            (_fault, _every, _left, _times, _isOfRequests) = (fault, afterBytes, afterBytes, times, ofRequests);
        }
    }

    /// <summary>Closes the connections that stand still.</summary>
    public Task EndStallsAsync() => _stallsEnd.CancelAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
        _stallsEnd.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
            {
                connections.Add(PassAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using TcpClient server = new();
        using (client)
        using (var end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token))
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target, end.Token);
                Task[] ways = [PumpAsync(client, server, isRequest: true, end.Token), PumpAsync(server, client, isRequest: false, end.Token)];
                await Task.WhenAny(ways);
                await end.CancelAsync();
                client.Close();
                server.Close();
                await Task.WhenAll(ways);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
            {
                // One of the two has ended the connection, or the test is over.
            }
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, bool isRequest, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[1 << 14];
        NetworkStream source = from.GetStream();
        NetworkStream target = to.GetStream();
        int read;
        while ((read = await source.ReadAsync(buffer, cancellationToken)) > 0)
        {
            int point = Strike(read, isRequest);
            if (point >= 0 && _fault == TransferFault.Corrupt)
            {
                buffer[point] ^= 1;
            }
            else if (point >= 0)
            {
                await target.WriteAsync(buffer.AsMemory(0, point), cancellationToken);
                if (_fault == TransferFault.Stall)
                {
                    using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stallsEnd.Token);
                    await Task.Delay(Timeout.Infinite, end.Token);
                }

                return;
            }

            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }

    /// <summary>The place of a fault in what was read; -1 for none.</summary>
    private int Strike(int read, bool isRequest)
    {
        lock (_lock)
        {
            AnswerBytes += isRequest ? 0 : read;
            if (_times == 0 || isRequest != _isOfRequests)
            {
                return -1;
            }

            _left -= read;
            if (_left > 0)
            {
                return -1;
            }

            int point = (int)(read + _left) - 1;
            _left = _every;
            _times--;
            Struck++;
            return Math.Max(0, point);
        }
    }
}
