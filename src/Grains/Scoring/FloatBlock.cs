using System.Runtime.InteropServices;

namespace DinOrleans.Grains.Scoring;

/// <summary>
/// A block of floats that travels as one blob: by reference within a process, and as little-endian bytes between processes. Its array may be
/// longer than the block. The array belongs to the block's maker, who may reuse it after the call has returned.
/// </summary>
[Immutable]
public sealed class FloatBlock
{
    private readonly float[] _buffer;

    /// <summary>Makes a block of the first floats of an array.</summary>
    /// <param name="buffer">The array, which is not copied.</param>
    /// <param name="length">The number of floats that belong to the block, 0 to the array's length.</param>
    public FloatBlock(float[] buffer, int length)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, buffer.Length);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _buffer = buffer;
        Length = length;
    }

    /// <summary>Makes a block of a whole array.</summary>
    /// <param name="values">The array, which is not copied.</param>
    public FloatBlock(float[] values)
        : this(values, values?.Length ?? 0)
    {
    }

    /// <summary>The block without floats.</summary>
    public static FloatBlock Empty { get; } = new([]);

    /// <summary>The number of floats.</summary>
    public int Length { get; }

    /// <summary>The floats.</summary>
    public ReadOnlySpan<float> Span => _buffer.AsSpan(0, Length);

    /// <summary>The floats as memory that may be kept. Only for a block whose maker does not reuse the array.</summary>
    public ReadOnlyMemory<float> Memory => _buffer.AsMemory(0, Length);
}

/// <summary>The wire form of a <see cref="FloatBlock"/>: one byte array instead of one codec call per float.</summary>
[GenerateSerializer, Alias("DinOrleans.FloatBlock")]
public struct FloatBlockSurrogate
{
    /// <summary>The floats, four little-endian bytes each.</summary>
    [Id(0)]
    public byte[] Bytes { get; set; }
}

/// <summary>Converts a <see cref="FloatBlock"/> to its wire form and back.</summary>
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
