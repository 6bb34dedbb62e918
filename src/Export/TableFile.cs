using System.Numerics.Tensors;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Tensors;

namespace DinOrleans.Export;

/// <summary>Writes embedding tables.</summary>
internal static class TableFile
{
    private const int ConvertedAtOnce = 1 << 20;

    /// <summary>Writes the numbers of a table, row after row, little-endian, and the scales of its rows where they have any.</summary>
    /// <param name="folder">The folder of the version.</param>
    /// <param name="key">The key of the table.</param>
    /// <param name="table">The rows, [rows, width].</param>
    /// <param name="numbers">How the numbers of the version are stored.</param>
    public static void Write(string folder, string key, ParameterValue table, TableNumbers numbers)
    {
        int dimension = table.Shape[^1];
        using FileStream stream = File.Create(Path.Combine(folder, ArtifactFiles.Table(key, numbers, dimension)));
        if (ArtifactFiles.Scales(key, numbers, dimension) is { } scales)
        {
            using FileStream scaleStream = File.Create(Path.Combine(folder, scales));
            WriteScaled(stream, scaleStream, table.Data, dimension);
        }
        else if (numbers.Of(dimension) == TableNumbers.Bits16)
        {
            WriteHalves(stream, table.Data);
        }
        else
        {
            RawBytes.Read<float>(table.Data, stream.Write);
        }
    }

    private static void WriteHalves(FileStream stream, ReadOnlySpan<float> values)
    {
        var halves = new Half[Math.Min(values.Length, ConvertedAtOnce)];
        for (int i = 0; i < values.Length; i += halves.Length)
        {
            ReadOnlySpan<float> part = values.Slice(i, Math.Min(halves.Length, values.Length - i));
            TensorPrimitives.ConvertToHalf(part, halves);
            RawBytes.Read<Half>(halves.AsSpan(0, part.Length), stream.Write);
        }
    }

    private static void WriteScaled(FileStream rows, FileStream scales, ReadOnlySpan<float> values, int dimension)
    {
        int rowsAtOnce = Math.Max(1, ConvertedAtOnce / dimension);
        sbyte[] integers = new sbyte[rowsAtOnce * dimension];
        float[] factors = new float[rowsAtOnce];
        for (int i = 0; i < values.Length; i += integers.Length)
        {
            int count = Math.Min(rowsAtOnce, (values.Length - i) / dimension);
            for (int row = 0; row < count; row++)
            {
                factors[row] = ScaledRow.Scale(values.Slice(i + (row * dimension), dimension), integers.AsSpan(row * dimension, dimension));
            }

            RawBytes.Read<sbyte>(integers.AsSpan(0, count * dimension), rows.Write);
            RawBytes.Read<float>(factors.AsSpan(0, count), scales.Write);
        }
    }
}
