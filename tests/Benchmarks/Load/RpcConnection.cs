using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DinOrleans.Benchmarks.Load;

/// <summary>
/// One connection of HTTP/2 that calls a method of gRPC again and again, one call at a time, and reads answers only as far as finding their end, as
/// <see cref="HttpConnection"/> does. An answer with a message has succeeded. Any other one was refused or has failed.
/// </summary>
internal sealed class RpcConnection : ILoadConnection
{
    /// <summary>The bytes before a message: whether it is compressed, and its length.</summary>
    public const int FrameBytes = 5;

    private const int AlmostTheWindow = 1 << 30;

    private static readonly byte[] Ok = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\n\r\n");
    private static readonly byte[] Failed = Encoding.ASCII.GetBytes("HTTP/1.1 500 Failed\r\n\r\n");
    private static readonly byte[] Refused = Encoding.ASCII.GetBytes("HTTP/1.1 429 Refused\r\n\r\n");

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly Http2Reader _reader;
    private readonly byte[] _requestHeaders;
    private byte[] _answer = new byte[16 * 1024];
    private byte[] _write = new byte[16 * 1024];
    private int _stream = -1;
    private int _unacknowledged;

    private RpcConnection(byte[] requestHeaders)
    {
        _reader = new(_socket);
        _requestHeaders = requestHeaders;
    }

    /// <summary>Connects.</summary>
    /// <param name="port">The port of gRPC.</param>
    /// <param name="path">The path of the method.</param>
    /// <param name="cancellationToken">Ends the wait for the server.</param>
    public static async Task<RpcConnection> OpenAsync(int port, string path, CancellationToken cancellationToken)
    {
        var connection = new RpcConnection(RpcWire.Call(path));
        try
        {
            await connection._socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken).ConfigureAwait(false);
            await connection.WriteAsync(RpcWire.Opening, cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The message of an answer that has succeeded.</summary>
    public static ReadOnlyMemory<byte> Message(ReadOnlyMemory<byte> answer) => answer[(Ok.Length + FrameBytes)..];

    /// <inheritdoc/>
    /// <remarks>The request is a message in the frame of gRPC, of at most 16 KiB, which is what a frame of HTTP/2 holds.</remarks>
    public async ValueTask<ReadOnlyMemory<byte>> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        _stream += 2;
        await WriteAsync(Request(request.Span), cancellationToken).ConfigureAwait(false);
        int length = Ok.Length;
        Ok.CopyTo(_answer, 0);
        bool isRefused = false;
        for (bool isOver = false; !isOver;)
        {
            Http2Frame frame = await _reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (frame.WantsAcknowledgement)
            {
                byte[] answer = frame.Type == Http2Frame.Ping ? frame.Payload.ToArray() : [];
                await WriteAsync(Http2Frame.Write(frame.Type, Http2Frame.Acknowledgement, 0, answer), cancellationToken).ConfigureAwait(false);
            }
            else if (frame.Type == Http2Frame.GoAway)
            {
                throw new IOException($"The server closes the connection with error {BinaryPrimitives.ReadInt32BigEndian(frame.Payload.Span[4..])} of HTTP/2.");
            }
            else if (frame.Stream == _stream)
            {
                // A server that refuses a call before it has read the message resets the call's stream after its answer. That is not about the next call.
                if (frame.Type == Http2Frame.Reset)
                {
                    return Failed;
                }

                length = frame.Type == Http2Frame.Data ? await KeepAsync(frame.Payload, length, cancellationToken).ConfigureAwait(false) : length;
                isOver = frame.IsLast;
                isRefused = isOver && frame.Type == Http2Frame.Headers && RpcWire.IsRefusal(frame.Payload.Span);
            }
        }

        return length > Ok.Length ? _answer.AsMemory(0, length) : isRefused ? Refused : Failed;
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private ReadOnlyMemory<byte> Request(ReadOnlySpan<byte> message)
    {
        int length = Http2Frame.HeaderBytes + _requestHeaders.Length + Http2Frame.HeaderBytes + message.Length;
        if (_write.Length < length)
        {
            _write = new byte[length];
        }

        Http2Frame.WriteHeader(_write, Http2Frame.Headers, Http2Frame.EndHeaders, _stream, _requestHeaders.Length);
        _requestHeaders.CopyTo(_write, Http2Frame.HeaderBytes);
        Span<byte> data = _write.AsSpan(Http2Frame.HeaderBytes + _requestHeaders.Length);
        Http2Frame.WriteHeader(data, Http2Frame.Data, Http2Frame.EndStream, _stream, message.Length);
        message.CopyTo(data[Http2Frame.HeaderBytes..]);
        return _write.AsMemory(0, length);
    }

    /// <summary>Adds a part of the message to what there is of the answer.</summary>
    /// <returns>How many bytes there are of it now.</returns>
    private async ValueTask<int> KeepAsync(ReadOnlyMemory<byte> part, int length, CancellationToken cancellationToken)
    {
        if (length + part.Length > _answer.Length)
        {
            Array.Resize(ref _answer, Math.Max(2 * _answer.Length, length + part.Length));
        }

        part.CopyTo(_answer.AsMemory(length));
        _unacknowledged += part.Length;
        if (_unacknowledged > AlmostTheWindow)
        {
            byte[] window = new byte[sizeof(int)];
            BinaryPrimitives.WriteInt32BigEndian(window, _unacknowledged);
            _unacknowledged = 0;
            await WriteAsync(Http2Frame.Write(Http2Frame.WindowUpdate, 0, 0, window), cancellationToken).ConfigureAwait(false);
        }

        return length + part.Length;
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None, cancellationToken).ConfigureAwait(false)..];
        }
    }
}
