using System.Net.Sockets;
using System.Text;

namespace DinOrleans.Gateway.Tests.Hosting;

/// <summary>A connection that sends bytes as they are, for requests that no well-behaved client makes.</summary>
public sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<RawConnection> OpenAsync(string address)
    {
        var connection = new RawConnection();
        var uri = new Uri(address);
        await connection._socket.ConnectAsync(uri.Host, uri.Port, Cancellation);
        return connection;
    }

    public async Task SendAsync(string text) => await _socket.SendAsync(Encoding.UTF8.GetBytes(text), Cancellation);

    /// <summary>A request's head, whose body follows.</summary>
    public Task SendHeadAsync(string method, string path, params string[] headers) =>
        SendAsync($"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{string.Concat(headers.Select(h => h + "\r\n"))}\r\n");

    /// <summary>What has arrived when some has; empty at the end of the connection.</summary>
    public async Task<string> ReceiveAsync()
    {
        byte[] bytes = new byte[1 << 14];
        return Encoding.UTF8.GetString(bytes, 0, await _socket.ReceiveAsync(bytes, Cancellation));
    }

    /// <summary>Leaves at once, as a process that is killed does: the other side sees a reset.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Close();
    }

    public void Dispose() => _socket.Dispose();
}
