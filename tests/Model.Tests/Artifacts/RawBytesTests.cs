using DinOrleans.Model.Artifacts;

namespace DinOrleans.Model.Tests.Artifacts;

public sealed class RawBytesTests
{
    [Theory]
    [InlineData(0, 3, new int[0])]
    [InlineData(2, 3, new[] { 8 })]
    [InlineData(6, 3, new[] { 12, 12 })]
    [InlineData(7, 3, new[] { 12, 12, 4 })]
    [InlineData(3, int.MaxValue, new[] { 12 })]
    public void ReadAndFill_AnyLength_GoInPartsThroughAllInOrder(int count, int elementsAtOnce, int[] parts)
    {
        float[] values = [.. Enumerable.Range(1, count).Select(i => i / 3f)];
        using var stream = new MemoryStream();
        List<int> lengths = [];

        RawBytes.Read<float>(
            values,
            bytes =>
            {
                lengths.Add(bytes.Length);
                stream.Write(bytes);
            },
            elementsAtOnce);

        Assert.Equal(parts, lengths);
        Assert.Equal(values.SelectMany(BitConverter.GetBytes), stream.ToArray());

        lengths.Clear();
        stream.Position = 0;
        float[] back = new float[count];
        RawBytes.Fill<float>(
            back,
            bytes =>
            {
                lengths.Add(bytes.Length);
                stream.ReadExactly(bytes);
            },
            elementsAtOnce);

        Assert.Equal(parts, lengths);
        Assert.Equal(values, back);
    }

    [Fact]
    public void ElementsAtOnce_OfTheWidestNumber_FitASpanOfBytes() => Assert.True((long)RawBytes.ElementsAtOnce * sizeof(decimal) < int.MaxValue);
}
