using System.Runtime.InteropServices;

namespace DinOrleans.Contracts.Inference;

/// <summary>
/// A run of floats that travels as one blob: by reference within a process, as raw little-endian bytes between processes.
/// The array may be longer than the block and belongs to whoever made it, who may reuse it once the call has returned.
/// </summary>
[Immutable]
public sealed class FloatBlock
{
    private readonly float[] _buffer;

    /// <param name="buffer">Holds the block from index 0.</param>
    /// <param name="length">How many floats belong to the block, 0 to the buffer's length.</param>
    public FloatBlock(float[] buffer, int length)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, buffer.Length);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _buffer = buffer;
        Length = length;
    }

    /// <param name="values">All of the block.</param>
    public FloatBlock(float[] values)
        : this(values, values?.Length ?? 0)
    {
    }

    /// <summary>A block of nothing.</summary>
    public static FloatBlock Empty { get; } = new([]);

    /// <summary>Number of floats.</summary>
    public int Length { get; }

    /// <summary>The floats.</summary>
    public ReadOnlySpan<float> Span => _buffer.AsSpan(0, Length);

    /// <summary>The floats, to be kept: only of a block whose maker does not reuse the array.</summary>
    public ReadOnlyMemory<float> Memory => _buffer.AsMemory(0, Length);
}

/// <summary>The wire form of a <see cref="FloatBlock"/>: one byte array instead of a codec call a float.</summary>
[GenerateSerializer, Alias("DinOrleans.FloatBlock")]
public struct FloatBlockSurrogate
{
    /// <summary>Four little-endian bytes a float.</summary>
    [Id(0)]
    public byte[] Bytes { get; set; }
}

/// <summary>Converts between the two forms.</summary>
[RegisterConverter]
public sealed class FloatBlockConverter : IConverter<FloatBlock, FloatBlockSurrogate>
{
    /// <inheritdoc/>
    public FloatBlock ConvertFromSurrogate(in FloatBlockSurrogate surrogate) =>
        new(MemoryMarshal.Cast<byte, float>(surrogate.Bytes).ToArray());

    /// <inheritdoc/>
    public FloatBlockSurrogate ConvertToSurrogate(in FloatBlock value) =>
        new() { Bytes = MemoryMarshal.AsBytes(value.Span).ToArray() };
}
