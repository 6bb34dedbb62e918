using System.Numerics.Tensors;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Representation;

namespace DinOrleans.Export;

/// <summary>Writes embedding tables.</summary>
internal static class TableFile
{
    private const int ConvertedAtOnce = 1 << 20;

    /// <summary>Writes the numbers of a table, row after row, little-endian.</summary>
    /// <param name="path">The file, which is replaced.</param>
    /// <param name="values">The numbers.</param>
    /// <param name="numbers">How they are stored.</param>
    public static void Write(string path, ReadOnlySpan<float> values, TableNumbers numbers)
    {
        using FileStream stream = File.Create(path);
        if (numbers == TableNumbers.Bits32)
        {
            RawBytes.Read(values, stream.Write);
            return;
        }

        var halves = new Half[Math.Min(values.Length, ConvertedAtOnce)];
        for (int i = 0; i < values.Length; i += halves.Length)
        {
            ReadOnlySpan<float> part = values.Slice(i, Math.Min(halves.Length, values.Length - i));
            TensorPrimitives.ConvertToHalf(part, halves);
            RawBytes.Read<Half>(halves.AsSpan(0, part.Length), stream.Write);
        }
    }
}
