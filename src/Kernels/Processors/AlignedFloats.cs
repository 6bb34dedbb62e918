using System.Runtime.CompilerServices;

namespace DinOrleans.Kernels.Processors;

/// <summary>
/// A buffer of floats that begins at a cache line, so that no vector lies across two of them. It grows to the largest length that was asked for.
/// </summary>
internal sealed class AlignedFloats
{
    private const int Line = 64;

    private float[] _array = [];
    private int _start;
    private int _length;

    /// <summary>Copies values into a new buffer.</summary>
    /// <param name="values">The values.</param>
    public static AlignedFloats Of(ReadOnlySpan<float> values)
    {
        var buffer = new AlignedFloats();
        values.CopyTo(buffer.Room(values.Length));
        return buffer;
    }

    /// <summary>The buffer's first floats. Their values are those of the last use, or zeros if there was none.</summary>
    /// <param name="length">How many floats are needed.</param>
    public Span<float> Room(int length)
    {
        if (_length < length)
        {
            _length = Math.Max(length, _length * 2);
            _array = GC.AllocateArray<float>(_length + (Line / sizeof(float)), pinned: true);
            nuint past = Address(_array) % Line;
            _start = (int)((Line - past) % Line / sizeof(float));
        }

        return _array.AsSpan(_start, length);
    }

    /// <summary>The address of a pinned array's first element.</summary>
    private static unsafe nuint Address(float[] pinned) => (nuint)Unsafe.AsPointer(ref pinned[0]);
}
