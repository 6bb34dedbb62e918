using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DinOrleans.Benchmarks.Load;

/// <summary>One connection that sends prepared requests and reads answers only as far as finding their end: a few microseconds each.</summary>
internal sealed class HttpConnection : ILoadConnection
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[16 * 1024];

    private static ReadOnlySpan<byte> LengthHeader => "content-length: "u8;

    public static async Task<HttpConnection> OpenAsync(int port, CancellationToken cancellationToken)
    {
        var connection = new HttpConnection();
        try
        {
            await connection._socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A request as the bytes that go over the wire.</summary>
    /// <param name="path">The path of the request, from "/".</param>
    /// <param name="body">JSON, ASCII only.</param>
    /// <param name="authorization">The header Authorization; null for none.</param>
    public static byte[] Post(string path, string body, string? authorization = null) => Encoding.ASCII.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n{(authorization is null ? "" : $"Authorization: {authorization}\r\n")}Content-Length: {body.Length}\r\n\r\n{body}");

    /// <summary>A request without a body as the bytes that go over the wire.</summary>
    /// <param name="path">The path of the request with its query, from "/".</param>
    public static byte[] Get(string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        while (request.Length > 0)
        {
            request = request[await _socket.SendAsync(request, SocketFlags.None, cancellationToken).ConfigureAwait(false)..];
        }

        int length = 0;
        int expected = -1;
        do
        {
            if (length == _buffer.Length)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            int read = await _socket.ReceiveAsync(_buffer.AsMemory(length), SocketFlags.None, cancellationToken).ConfigureAwait(false);
            length += read > 0 ? read : throw new IOException("The server closed the connection.");
            expected = expected < 0 ? ExpectedLength(_buffer.AsSpan(0, length)) : expected;
        }
        while (!IsWhole(_buffer.AsSpan(0, length), expected));
        return _buffer.AsMemory(0, length);
    }

    /// <summary>True if an answer's status is 200.</summary>
    public static bool IsOk(ReadOnlySpan<byte> answer) => answer.StartsWith("HTTP/1.1 200"u8);

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    /// <summary>Bytes of the whole answer; -1 while its headers are not there, 0 where it comes in chunks.</summary>
    private static int ExpectedLength(ReadOnlySpan<byte> answer)
    {
        int headers = answer.IndexOf("\r\n\r\n"u8);
        if (headers < 0)
        {
            return -1;
        }

        foreach (Range line in answer[..headers].Split("\r\n"u8))
        {
            // Servers may write the names of headers in either case.
            if (Ascii.EqualsIgnoreCase(answer[line][..Math.Min(LengthHeader.Length, answer[line].Length)], LengthHeader))
            {
                return Utf8Parser.TryParse(answer[line][LengthHeader.Length..], out int body, out _)
                    ? headers + 4 + body
                    : throw new InvalidDataException("The answer's Content-Length is not a number.");
            }
        }

        return 0;
    }

    // The JSON has no line breaks in it, so that this end can only be the last chunk's.
    private static bool IsWhole(ReadOnlySpan<byte> answer, int expected) =>
        expected > 0 ? answer.Length >= expected : expected == 0 && answer.EndsWith("\r\n0\r\n\r\n"u8);
}
