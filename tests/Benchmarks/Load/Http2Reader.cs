using System.Net.Sockets;

namespace DinOrleans.Benchmarks.Load;

/// <summary>Reads the frames of HTTP/2 from a socket.</summary>
internal sealed class Http2Reader(Socket socket)
{
    private byte[] _bytes = new byte[32 * 1024];
    private int _start;
    private int _end;

    /// <summary>Reads a frame, whose payload is valid until the next call.</summary>
    /// <exception cref="IOException">The other side closed the connection.</exception>
    public async ValueTask<Http2Frame> ReadAsync(CancellationToken cancellationToken)
    {
        await FillAsync(Http2Frame.HeaderBytes, cancellationToken).ConfigureAwait(false);
        int length = Http2Frame.PayloadLength(_bytes.AsSpan(_start));
        await FillAsync(Http2Frame.HeaderBytes + length, cancellationToken).ConfigureAwait(false);
        var frame = new Http2Frame(_bytes[_start + 3], _bytes[_start + 4], Http2Frame.StreamOf(_bytes.AsSpan(_start)), _bytes.AsMemory(_start + Http2Frame.HeaderBytes, length));
        _start += Http2Frame.HeaderBytes + length;
        return frame;
    }

    /// <summary>Reads bytes that come before the first frame.</summary>
    public async ValueTask SkipAsync(int bytes, CancellationToken cancellationToken)
    {
        await FillAsync(bytes, cancellationToken).ConfigureAwait(false);
        _start += bytes;
    }

    private async ValueTask FillAsync(int bytes, CancellationToken cancellationToken)
    {
        if (_bytes.Length - _start < bytes)
        {
            byte[] target = _bytes.Length < bytes ? new byte[2 * bytes] : _bytes;
            Buffer.BlockCopy(_bytes, _start, target, 0, _end - _start);
            (_bytes, _end, _start) = (target, _end - _start, 0);
        }

        while (_end - _start < bytes)
        {
            int read = await socket.ReceiveAsync(_bytes.AsMemory(_end), SocketFlags.None, cancellationToken).ConfigureAwait(false);
            _end += read > 0 ? read : throw new IOException("The server closed the connection.");
        }
    }
}
