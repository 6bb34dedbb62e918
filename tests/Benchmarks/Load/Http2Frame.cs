using System.Buffers.Binary;

namespace DinOrleans.Benchmarks.Load;

/// <summary>A frame of HTTP/2 (RFC 9113, section 4), as far as a load needs them.</summary>
/// <param name="Type">One of the constants here, or another.</param>
/// <param name="Flags">One or several of the flags here.</param>
/// <param name="Stream">The stream that it belongs to; 0 for the connection.</param>
/// <param name="Payload">What follows the frame's header.</param>
internal readonly record struct Http2Frame(byte Type, byte Flags, int Stream, ReadOnlyMemory<byte> Payload)
{
    public const int HeaderBytes = 9;
    public const byte Data = 0, Headers = 1, Reset = 3, Settings = 4, Ping = 6, GoAway = 7, WindowUpdate = 8;
    public const byte EndStream = 1, EndHeaders = 4, Acknowledgement = 1;

    private const int StreamMask = int.MaxValue;

    /// <summary>True if the stream ends with this frame.</summary>
    public bool IsLast => Type is Data or Headers && (Flags & EndStream) != 0;

    /// <summary>True if the frame is to be acknowledged.</summary>
    public bool WantsAcknowledgement => Type is Settings or Ping && (Flags & Acknowledgement) == 0;

    /// <summary>A whole frame as the bytes that go over the wire.</summary>
    public static byte[] Write(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        byte[] frame = new byte[HeaderBytes + payload.Length];
        WriteHeader(frame, type, flags, stream, payload.Length);
        payload.CopyTo(frame.AsSpan(HeaderBytes));
        return frame;
    }

    /// <summary>Writes the header of a frame.</summary>
    /// <param name="target">At least <see cref="HeaderBytes"/> bytes.</param>
    /// <param name="type">The type.</param>
    /// <param name="flags">The flags.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="length">The bytes of the payload.</param>
    public static void WriteHeader(Span<byte> target, byte type, byte flags, int stream, int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(target, length << 8);
        target[3] = type;
        target[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(target[5..], stream);
    }

    /// <summary>The bytes of the payload that follows a header.</summary>
    public static int PayloadLength(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt32BigEndian(header) >>> 8;

    /// <summary>The stream of a header.</summary>
    public static int StreamOf(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt32BigEndian(header[5..]) & StreamMask;
}
