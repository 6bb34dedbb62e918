using System.Runtime.InteropServices;

namespace DinOrleans.Model.Artifacts;

/// <summary>Numbers in memory as the bytes that files and digests take, in parts: a span of bytes ends at 2 GiB, an embedding table need not.</summary>
public static class RawBytes
{
    /// <summary>Numbers a part; of at most 64 bytes each a part stays below 2 GiB.</summary>
    public const int ElementsAtOnce = 1 << 24;

    /// <summary>Hands out the bytes of numbers, little-endian, in order.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="take">Called for each part; for none where there are no numbers.</param>
    /// <param name="elementsAtOnce">Numbers a part, at least 1.</param>
    public static void Read<T>(ReadOnlySpan<T> values, Action<ReadOnlySpan<byte>> take, int elementsAtOnce = ElementsAtOnce)
        where T : unmanaged
    {
        for (int start = 0; start < values.Length; start += Math.Min(elementsAtOnce, values.Length - start))
        {
            take(MemoryMarshal.AsBytes(values.Slice(start, Math.Min(elementsAtOnce, values.Length - start))));
        }
    }

    /// <summary>Has the bytes of numbers filled, little-endian, in order.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="fill">Called for each part; for none where there are no numbers.</param>
    /// <param name="elementsAtOnce">Numbers a part, at least 1.</param>
    public static void Fill<T>(Span<T> values, Action<Span<byte>> fill, int elementsAtOnce = ElementsAtOnce)
        where T : unmanaged
    {
        for (int start = 0; start < values.Length; start += Math.Min(elementsAtOnce, values.Length - start))
        {
            fill(MemoryMarshal.AsBytes(values.Slice(start, Math.Min(elementsAtOnce, values.Length - start))));
        }
    }
}
