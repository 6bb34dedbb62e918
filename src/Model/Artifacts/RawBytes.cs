using System.Runtime.InteropServices;

namespace DinOrleans.Model.Artifacts;

/// <summary>Passes numbers in memory as bytes to files and digests, in parts: a span of bytes holds at most 2 GiB, but an embedding table may be larger.</summary>
public static class RawBytes
{
    /// <summary>The numbers per part. With at most 64 bytes each, a part stays below 2 GiB.</summary>
    public const int ElementsAtOnce = 1 << 24;

    /// <summary>Reads numbers as bytes, little-endian, in order.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="take">Called with each part. It is not called if there are no numbers.</param>
    /// <param name="elementsAtOnce">The numbers per part, at least 1.</param>
    public static void Read<T>(ReadOnlySpan<T> values, Action<ReadOnlySpan<byte>> take, int elementsAtOnce = ElementsAtOnce)
        where T : unmanaged
    {
        for (int start = 0; start < values.Length; start += Math.Min(elementsAtOnce, values.Length - start))
        {
            take(MemoryMarshal.AsBytes(values.Slice(start, Math.Min(elementsAtOnce, values.Length - start))));
        }
    }

    /// <summary>Fills numbers from bytes, little-endian, in order.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="fill">Called with each part. It is not called if there are no numbers.</param>
    /// <param name="elementsAtOnce">The numbers per part, at least 1.</param>
    public static void Fill<T>(Span<T> values, Action<Span<byte>> fill, int elementsAtOnce = ElementsAtOnce)
        where T : unmanaged
    {
        for (int start = 0; start < values.Length; start += Math.Min(elementsAtOnce, values.Length - start))
        {
            fill(MemoryMarshal.AsBytes(values.Slice(start, Math.Min(elementsAtOnce, values.Length - start))));
        }
    }
}
