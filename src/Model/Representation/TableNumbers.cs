using System.Numerics.Tensors;

namespace DinOrleans.Model.Representation;

/// <summary>How the numbers of embedding tables are stored.</summary>
public enum TableNumbers
{
    /// <summary>As in training, 32 bits.</summary>
    Bits32,

    /// <summary>16-bit floats: half of the memory, and each number to within 1/2048 of itself.</summary>
    Bits16,

    /// <summary>
    /// 8-bit integers and one scale per row: a little more than a quarter of the memory, and each number to within 1/253 of the largest of its row.
    /// Rows of fewer than <see cref="TableNumbersExtensions.NarrowestScaledRow"/> numbers are stored as <see cref="Bits16"/>, which takes less there.
    /// </summary>
    Bits8,
}

/// <summary>The arithmetic of <see cref="TableNumbers"/>.</summary>
public static class TableNumbersExtensions
{
    /// <summary>The width of the narrowest rows that are stored as 8-bit integers with a scale.</summary>
    public const int NarrowestScaledRow = 8;

    private const int RoundedAtOnce = 256;

    /// <summary>How rows of a width are stored in a version with these numbers.</summary>
    public static TableNumbers Of(this TableNumbers numbers, int dimension) =>
        numbers == TableNumbers.Bits8 && dimension < NarrowestScaledRow ? TableNumbers.Bits16 : numbers;

    /// <summary>The bytes of a row, without its scale.</summary>
    public static long RowBytes(this TableNumbers numbers, int dimension) => dimension * numbers.Of(dimension) switch
    {
        TableNumbers.Bits8 => sizeof(sbyte),
        TableNumbers.Bits16 => 2L,
        _ => sizeof(float),
    };

    /// <summary>
    /// Rounds the rows of a table to numbers that can be stored, so that storing them changes nothing. What is too large for 16 bits becomes infinite.
    /// </summary>
    /// <param name="numbers">How they are stored.</param>
    /// <param name="values">The rows, one after another.</param>
    /// <param name="dimension">The width of a row.</param>
    public static void Round(this TableNumbers numbers, Span<float> values, int dimension)
    {
        switch (numbers.Of(dimension))
        {
            case TableNumbers.Bits16:
                RoundToHalf(values);
                break;
            case TableNumbers.Bits8:
                sbyte[] integers = new sbyte[dimension];
                for (int i = 0; i < values.Length; i += dimension)
                {
                    Span<float> row = values.Slice(i, dimension);
                    ScaledRow.Restore(integers, ScaledRow.Scale(row, integers), row);
                }

                break;
        }
    }

    private static void RoundToHalf(Span<float> values)
    {
        Span<Half> halves = stackalloc Half[RoundedAtOnce];
        for (int i = 0; i < values.Length; i += RoundedAtOnce)
        {
            Span<float> part = values.Slice(i, Math.Min(RoundedAtOnce, values.Length - i));
            TensorPrimitives.ConvertToHalf(part, halves);
            TensorPrimitives.ConvertToSingle(halves[..part.Length], part);
        }
    }
}
