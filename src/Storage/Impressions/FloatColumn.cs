using System.Runtime.InteropServices;

namespace DinOrleans.Storage.Impressions;

/// <summary>Numbers as one column: 32-bit floats, little-endian.</summary>
internal static class FloatColumn
{
    /// <summary>The column's value; null for no numbers.</summary>
    public static byte[]? Write(ReadOnlyMemory<float> numbers) => numbers.IsEmpty ? null : MemoryMarshal.AsBytes(numbers.Span).ToArray();

    /// <summary>The numbers of a column.</summary>
    public static float[] Read(byte[] block) => MemoryMarshal.Cast<byte, float>(block).ToArray();
}
