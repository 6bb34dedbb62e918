using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DinOrleans.Benchmarks.Load;

/// <summary>
/// One connection of HTTP/2 that calls a method of gRPC again and again, and reads answers only as far as finding their end, as
/// <see cref="HttpConnection"/> does. It decodes no headers: an answer with a message has succeeded.
/// </summary>
internal sealed class RpcConnection : ILoadConnection
{
    private const int HeaderBytes = 9;
    private const byte Data = 0, Headers = 1, Reset = 3, Settings = 4, Ping = 6, GoAway = 7, WindowUpdate = 8;
    private const byte EndStream = 1, EndHeaders = 4, Acknowledgement = 1;

    private static readonly byte[] Ok = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\n\r\n");
    private static readonly byte[] Failed = Encoding.ASCII.GetBytes("HTTP/1.1 500 Failed\r\n\r\n");

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _requestHeaders;
    private byte[] _read = new byte[32 * 1024];
    private byte[] _answer = new byte[16 * 1024];
    private byte[] _write = new byte[16 * 1024];
    private int _start;
    private int _end;
    private int _stream = -1;

    private RpcConnection(byte[] requestHeaders) => _requestHeaders = requestHeaders;

    /// <summary>Connects.</summary>
    /// <param name="port">The port of gRPC.</param>
    /// <param name="path">The path of the method.</param>
    /// <param name="cancellationToken">Ends the wait for the server.</param>
    public static async Task<RpcConnection> OpenAsync(int port, string path, CancellationToken cancellationToken)
    {
        var connection = new RpcConnection(Encode(path));
        try
        {
            await connection._socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken).ConfigureAwait(false);

            // The windows are as large as they can be, so that the server never waits for word that an answer was read.
            byte[] initialWindow = [0, 4, 0x7f, 0xff, 0xff, 0xff];
            byte[] window = [0x7f, 0xff, 0, 0];
            byte[] preface = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(Settings, 0, 0, initialWindow), .. Frame(WindowUpdate, 0, 0, window)];
            await connection.WriteAsync(preface, cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        _stream += 2;
        await WriteAsync(Request(request.Span), cancellationToken).ConfigureAwait(false);
        int length = Ok.Length;
        Ok.CopyTo(_answer, 0);
        bool isOver = false;
        while (!isOver)
        {
            (byte type, byte flags, ReadOnlyMemory<byte> payload) = await ReadAsync(cancellationToken).ConfigureAwait(false);
            switch (type)
            {
                case Data:
                    if (length + payload.Length > _answer.Length)
                    {
                        Array.Resize(ref _answer, Math.Max(2 * _answer.Length, length + payload.Length));
                    }

                    payload.CopyTo(_answer.AsMemory(length));
                    length += payload.Length;
                    isOver = (flags & EndStream) != 0;
                    break;
                case Headers:
                    isOver = (flags & EndStream) != 0;
                    break;
                case Reset:
                    return Failed;
                case Settings or Ping when (flags & Acknowledgement) == 0:
                    await WriteAsync(Frame(type, Acknowledgement, 0, type == Ping ? payload.Span : []), cancellationToken).ConfigureAwait(false);
                    break;
                case GoAway:
                    throw new IOException("The server closes the connection.");
                default:
                    break;
            }
        }

        return length > Ok.Length ? _answer.AsMemory(0, length) : Failed;
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    /// <summary>The headers of a call, as literals that take no place in the table of the server.</summary>
    private static byte[] Encode(string path) =>
        [0x83, 0x86, .. Literal([0x04], path), .. Literal([0x01], "127.0.0.1"), .. Literal([0x0f, 0x10], "application/grpc"), .. Literal([0x00, 2, (byte)'t', (byte)'e'], "trailers")];

    private static byte[] Literal(byte[] name, string value) => [.. name, (byte)value.Length, .. Encoding.ASCII.GetBytes(value)];

    private static byte[] Frame(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        byte[] frame = new byte[HeaderBytes + payload.Length];
        WriteHeader(frame, type, flags, stream, payload.Length);
        payload.CopyTo(frame.AsSpan(HeaderBytes));
        return frame;
    }

    private static void WriteHeader(Span<byte> frame, byte type, byte flags, int stream, int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(frame, length << 8);
        frame[3] = type;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame[5..], stream);
    }

    private ReadOnlyMemory<byte> Request(ReadOnlySpan<byte> message)
    {
        int length = HeaderBytes + _requestHeaders.Length + HeaderBytes + message.Length;
        if (_write.Length < length)
        {
            _write = new byte[length];
        }

        WriteHeader(_write, Headers, EndHeaders, _stream, _requestHeaders.Length);
        _requestHeaders.CopyTo(_write, HeaderBytes);
        Span<byte> data = _write.AsSpan(HeaderBytes + _requestHeaders.Length);
        WriteHeader(data, Data, EndStream, _stream, message.Length);
        message.CopyTo(data[HeaderBytes..]);
        return _write.AsMemory(0, length);
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None, cancellationToken).ConfigureAwait(false)..];
        }
    }

    /// <summary>Reads a frame, whose payload is valid until the next call.</summary>
    private async ValueTask<(byte Type, byte Flags, ReadOnlyMemory<byte> Payload)> ReadAsync(CancellationToken cancellationToken)
    {
        await FillAsync(HeaderBytes, cancellationToken).ConfigureAwait(false);
        int length = BinaryPrimitives.ReadInt32BigEndian(_read.AsSpan(_start)) >>> 8;
        (byte type, byte flags) = (_read[_start + 3], _read[_start + 4]);
        await FillAsync(HeaderBytes + length, cancellationToken).ConfigureAwait(false);
        ReadOnlyMemory<byte> payload = _read.AsMemory(_start + HeaderBytes, length);
        _start += HeaderBytes + length;
        return (type, flags, payload);
    }

    private async ValueTask FillAsync(int bytes, CancellationToken cancellationToken)
    {
        if (_read.Length - _start < bytes)
        {
            byte[] target = _read.Length < bytes ? new byte[2 * bytes] : _read;
            Buffer.BlockCopy(_read, _start, target, 0, _end - _start);
            (_read, _end, _start) = (target, _end - _start, 0);
        }

        while (_end - _start < bytes)
        {
            int read = await _socket.ReceiveAsync(_read.AsMemory(_end), SocketFlags.None, cancellationToken).ConfigureAwait(false);
            _end += read > 0 ? read : throw new IOException("The server closed the connection.");
        }
    }
}
