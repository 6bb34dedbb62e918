using System.Numerics.Tensors;

namespace DinOrleans.Model.Representation;

/// <summary>Rows of 8-bit integers: each number is its integer, from -127 to 127, times the scale of the row.</summary>
public static class ScaledRow
{
    private const float Largest = sbyte.MaxValue;

    /// <summary>The bits of a scale's significand that are used, so that 127 times a scale is exact and a row that was rounded stays as it is.</summary>
    private const uint UnusedBits = 0xFF;

    /// <summary>Turns a row into integers.</summary>
    /// <param name="row">The numbers.</param>
    /// <param name="integers">Receives as many integers.</param>
    /// <returns>The scale. It is not finite if a number of the row is not.</returns>
    public static float Scale(ReadOnlySpan<float> row, Span<sbyte> integers)
    {
        float scale = RoundUp(Math.Abs(TensorPrimitives.MaxMagnitude(row)) / Largest);
        if (!float.IsNormal(scale))
        {
            integers[..row.Length].Clear();
            return float.IsFinite(scale) ? 0 : scale;
        }

        for (int i = 0; i < row.Length; i++)
        {
            integers[i] = (sbyte)MathF.Round(row[i] / scale);
        }

        return scale;
    }

    /// <summary>Turns integers back into numbers.</summary>
    /// <param name="integers">The integers.</param>
    /// <param name="scale">The scale of the row.</param>
    /// <param name="row">Receives as many numbers. None of them is finite if the scale is not.</param>
    public static void Restore(ReadOnlySpan<sbyte> integers, float scale, Span<float> row)
    {
        Span<float> numbers = row[..integers.Length];
        TensorPrimitives.ConvertTruncating(integers, numbers);
        TensorPrimitives.Multiply(numbers, scale, numbers);
    }

    private static float RoundUp(float value) =>
        float.IsFinite(value) ? BitConverter.UInt32BitsToSingle((BitConverter.SingleToUInt32Bits(value) + UnusedBits) & ~UnusedBits) : value;
}
