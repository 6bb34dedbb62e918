using System.Numerics.Tensors;

namespace DinOrleans.Model.Representation;

/// <summary>How the numbers of embedding tables are stored.</summary>
public enum TableNumbers
{
    /// <summary>As in training, 32 bits.</summary>
    Bits32,

    /// <summary>16-bit floats: half of the memory, and each number to within 1/2048 of itself.</summary>
    Bits16,
}

/// <summary>The arithmetic of <see cref="TableNumbers"/>.</summary>
public static class TableNumbersExtensions
{
    /// <summary>The bytes of a row.</summary>
    public static long RowBytes(this TableNumbers numbers, int dimension) => (long)dimension * (numbers == TableNumbers.Bits16 ? 2 : sizeof(float));

    /// <summary>Rounds numbers to those that can be stored. What is too large for 16 bits becomes infinite.</summary>
    public static void Round(this TableNumbers numbers, Span<float> values)
    {
        if (numbers != TableNumbers.Bits16)
        {
            return;
        }

        Span<Half> halves = stackalloc Half[RoundedAtOnce];
        for (int i = 0; i < values.Length; i += RoundedAtOnce)
        {
            Span<float> part = values.Slice(i, Math.Min(RoundedAtOnce, values.Length - i));
            TensorPrimitives.ConvertToHalf(part, halves);
            TensorPrimitives.ConvertToSingle(halves[..part.Length], part);
        }
    }

    private const int RoundedAtOnce = 256;
}
