using System.Runtime.InteropServices;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Tests.Representation;

public sealed class EmbeddingTableTests : IDisposable
{
    /// <summary>Values that 16 bits hold exactly, the smallest one and the largest one among them.</summary>
    private static readonly float[] Exact = [0, 1, -2.5f, 0.333251953125f, 5.9604645e-8f, 65504, -6.1035156e-5f, 1024, 0.125f, -0.5f, 3, 7];

    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void Read_32Bits_GivesTheRows()
    {
        File.WriteAllBytes(_file, MemoryMarshal.AsBytes<float>([1.1f, 2.2f, 3.3f, 4.4f, 5.5f, 6.6f]));
        using EmbeddingTable table = EmbeddingTable.Open(_file, null, 3, 2, TableNumbers.Bits32);
        Assert.Equal([3.3f, 4.4f], Row(table, 1));
        Assert.Equal(5.5f, table.ReadFirst(2));
    }

    [Fact]
    public void Read_16Bits_GivesTheRowsAsFloats()
    {
        File.WriteAllBytes(_file, MemoryMarshal.AsBytes<Half>([.. Exact.Select(v => (Half)v)]));
        using EmbeddingTable table = EmbeddingTable.Open(_file, null, 4, 3, TableNumbers.Bits16);
        Assert.Equal(Exact, Enumerable.Range(0, 4).SelectMany(row => Row(table, row)));
        Assert.Equal(Enumerable.Range(0, 4).Select(row => Exact[row * 3]), Enumerable.Range(0, 4).Select(table.ReadFirst));
    }

    [Theory]
    [InlineData(TableNumbers.Bits32)]
    [InlineData(TableNumbers.Bits16)]
    public void Read_RowThatIsNotThere_Throws(TableNumbers numbers)
    {
        File.WriteAllBytes(_file, new byte[4 * numbers.RowBytes(3)]);
        using EmbeddingTable table = EmbeddingTable.Open(_file, null, 4, 3, numbers);
        Assert.Throws<ArgumentOutOfRangeException>(() => Row(table, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => Row(table, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.ReadFirst(4));
    }

    [Theory]
    [InlineData(TableNumbers.Bits32, 47)]
    [InlineData(TableNumbers.Bits16, 48)]
    [InlineData(TableNumbers.Bits32, 0)]
    public void Open_FileOfAnotherSize_IsRefused(TableNumbers numbers, int bytes)
    {
        File.WriteAllBytes(_file, new byte[bytes]);
        Assert.Contains($"has {bytes} bytes", Assert.Throws<InvalidContentException>(() => EmbeddingTable.Open(_file, null, 4, 3, numbers)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Round_To16Bits_IsWhatReadingBackGives()
    {
        var random = new Random(1);
        float[] values = [.. Enumerable.Range(0, 1_000).Select(_ => (random.NextSingle() - 0.5f) * 0.1f)];
        float[] rounded = [.. values];
        TableNumbers.Bits16.Round(rounded, 10);
        Assert.Equal(values.Select(v => (float)(Half)v), rounded);
        Assert.All(values.Zip(rounded), v => Assert.InRange(Math.Abs(v.First - v.Second), 0, Math.Max(Math.Abs(v.First) / 2048, 3e-8f)));
    }

    [Fact]
    public void Read_8Bits_GivesEachIntegerTimesTheScaleOfItsRow()
    {
        string scales = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(_file, MemoryMarshal.AsBytes<sbyte>([1, -2, 127, -127, 0, 3, 4, 5, 10, 20, 30, 40, 50, 60, 70, 80]));
            File.WriteAllBytes(scales, MemoryMarshal.AsBytes<float>([0.5f, 0.25f]));
            using EmbeddingTable table = EmbeddingTable.Open(_file, scales, 2, 8, TableNumbers.Bits8);
            Assert.Equal([0.5f, -1, 63.5f, -63.5f, 0, 1.5f, 2, 2.5f], Row(table, 0));
            Assert.Equal([2.5f, 5, 7.5f, 10, 12.5f, 15, 17.5f, 20], Row(table, 1));
            Assert.Equal([0.5f, 2.5f], new[] { 0, 1 }.Select(table.ReadFirst));

            File.WriteAllBytes(scales, new byte[7]);
            string refused = Assert.Throws<InvalidContentException>(() => EmbeddingTable.Open(_file, scales, 2, 8, TableNumbers.Bits8)).Message;
            Assert.Equal("has 7 bytes, but the scales of 2 rows take 8", refused);
        }
        finally
        {
            File.Delete(scales);
        }
    }

    public void Dispose() => File.Delete(_file);

    private static float[] Row(EmbeddingTable table, int row)
    {
        float[] values = new float[table.Dimension];
        table.Read(row, values);
        return values;
    }
}
