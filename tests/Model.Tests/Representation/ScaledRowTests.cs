using DinOrleans.Model.Representation;

namespace DinOrleans.Model.Tests.Representation;

public sealed class ScaledRowTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1e-6)]
    [InlineData(1e-30)]
    [InlineData(1e30)]
    public void Round_To8Bits_IsWithinHalfAStepAndStaysAsItIs(double size)
    {
        const int Dimension = 12;
        var random = new Random(3);
        float[] values = [.. Enumerable.Range(0, 100 * Dimension).Select(_ => (float)((random.NextDouble() - 0.5) * size))];
        float[] rounded = [.. values];
        TableNumbers.Bits8.Round(rounded, Dimension);
        for (int row = 0; row < 100; row++)
        {
            float largest = values.Skip(row * Dimension).Take(Dimension).Max(Math.Abs);
            Assert.All(
                Enumerable.Range(row * Dimension, Dimension), i => Assert.InRange(Math.Abs(values[i] - rounded[i]), 0, largest / 253));
        }

        float[] again = [.. rounded];
        TableNumbers.Bits8.Round(again, Dimension);
        Assert.Equal(rounded, again);
    }

    [Fact]
    public void Scale_OfZeros_IsZero()
    {
        sbyte[] integers = [1, 2, 3];
        Assert.Equal(0, ScaledRow.Scale(new float[3], integers));
        Assert.Equal(new sbyte[3], integers);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Round_OfARowThatIsNotFinite_GivesNoFiniteNumber(float broken)
    {
        float[] row = [1, broken, 2, 3, 4, 5, 6, 7];
        TableNumbers.Bits8.Round(row, row.Length);
        Assert.All(row, number => Assert.False(float.IsFinite(number)));
    }

    [Fact]
    public void Round_OfNarrowRows_IsThatOf16Bits()
    {
        float[] rows = [0.1f, 0.2f, 0.3f];
        TableNumbers.Bits8.Round(rows, 1);
        Assert.Equal([(float)(Half)0.1f, (float)(Half)0.2f, (float)(Half)0.3f], rows);
        Assert.Equal(2, TableNumbers.Bits8.RowBytes(1));
        Assert.Equal(32, TableNumbers.Bits8.RowBytes(32));
    }
}
