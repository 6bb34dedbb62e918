using System.Text;

namespace DinOrleans.Benchmarks.Load;

/// <summary>What a client of gRPC says first, and how it reads why a call has failed.</summary>
internal static class RpcWire
{
    private const byte ResourceExhausted = (byte)'8';

    /// <summary>
    /// The beginning of a connection. The server may use no table of headers, so that they can be read one by one. The windows are as large as they can be, so
    /// that the server does not wait for word that an answer was read.
    /// </summary>
    public static ReadOnlyMemory<byte> Opening { get; } = (byte[])
    [
        .. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8,
        .. Http2Frame.Write(Http2Frame.Settings, 0, 0, [0, 1, 0, 0, 0, 0, 0, 4, 0x7f, 0xff, 0xff, 0xff]),
        .. Http2Frame.Write(Http2Frame.WindowUpdate, 0, 0, [0x7f, 0xff, 0, 0]),
    ];

    /// <summary>The headers of a call, as literals that take no place in the table of the server (RFC 7541, section 6.2.2).</summary>
    /// <param name="path">The path of the method, shorter than 127 characters.</param>
    public static byte[] Call(string path) =>
        [0x83, 0x86, .. Literal([0x04], path), .. Literal([0x01], "127.0.0.1"), .. Literal([0x0f, 0x10], "application/grpc"), .. Literal([0x00, 2, (byte)'t', (byte)'e'], "trailers")];

    /// <summary>True if headers or trailers say that the server has as much work as it takes.</summary>
    /// <param name="headers">The payload of a frame.</param>
    public static bool IsRefusal(ReadOnlySpan<byte> headers)
    {
        ReadOnlySpan<byte> name = "grpc-status"u8;
        int at = headers.IndexOf(name);
        return at >= 0 && headers[(at + name.Length)..] is [1, ResourceExhausted, ..];
    }

    private static byte[] Literal(byte[] name, string value) => [.. name, (byte)value.Length, .. Encoding.ASCII.GetBytes(value)];
}
