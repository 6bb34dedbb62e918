using System.Buffers.Binary;
using System.Globalization;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Tests.Representation;

public sealed class StoredValuesTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void Find_WrittenValues_ReturnsTheirIndexes(int count)
    {
        using StoredValues values = WriteAndOpen([.. Enumerable.Range(0, count).Select(Value)]);
        Assert.Equal(count, values.Count);
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(i, values.Find(Value(i)));
        }

        Assert.All(Enumerable.Range(count, 1_000), i => Assert.Equal(-1, values.Find(Value(i))));
        Assert.Equal(Enumerable.Range(0, count).Select(Value), values);
    }

    [Fact]
    public void Find_TextOfAnyKind_ReturnsItsIndex()
    {
        string[] texts = ["日本\"'💥", "line\nbreak", "", "é", "e\u0301", new string('x', 100_000)];
        using StoredValues values = WriteAndOpen(texts);
        Assert.Equal(Enumerable.Range(0, texts.Length), texts.Select(values.Find));
        Assert.Equal(texts, values);
    }

    [Fact]
    public void Vocabulary_Opened_GivesTheRowsOfOneInMemory()
    {
        string[] texts = [.. Enumerable.Range(0, 500).Select(Value)];
        var listed = new Vocabulary(texts, 7);
        ValueTableWriter.Write(_file, texts);
        using Vocabulary opened = Vocabulary.Open(_file, 7);
        Assert.Equal((listed.RowCount, listed.FirstKnownRow), (opened.RowCount, opened.FirstKnownRow));
        Assert.All(Enumerable.Range(0, 2_000).Select(Value).Append("").Append(null), text => Assert.Equal(listed.Row(text), opened.Row(text)));
        Assert.Equal((true, false), (opened.Knows(Value(0)), opened.Knows(Value(500))));
    }

    [Fact]
    public void Write_ValueTwice_IsRefused() =>
        Assert.Contains("\"a\" occurs twice", Assert.Throws<InvalidContentException>(() => ValueTableWriter.Write(_file, ["a", "b", "a"])).Message, StringComparison.Ordinal);

    /// <summary>What lies in the artifact store may have been written by anybody: no lookup may leave the file or go on for ever.</summary>
    [Theory]
    [InlineData("empty")]
    [InlineData("cut short")]
    [InlineData("longer")]
    [InlineData("other beginning")]
    [InlineData("count below 0")]
    [InlineData("count of another file")]
    [InlineData("slots that overflow")]
    [InlineData("no slot free")]
    [InlineData("slot of no value")]
    [InlineData("slot below 0")]
    [InlineData("two slots of one value")]
    [InlineData("slot that is missing")]
    [InlineData("text beyond the end")]
    [InlineData("text that ends before it begins")]
    public void Open_DamagedFile_IsRefused(string way)
    {
        ValueTableWriter.Write(_file, ["a", "bb", "ccc", "dddd", "eeeee"]);
        File.WriteAllBytes(_file, Damage(File.ReadAllBytes(_file), way));
        Assert.Throws<InvalidContentException>(() => StoredValues.Open(_file).Dispose());
    }

    public void Dispose() => File.Delete(_file);

    private static byte[] Damage(byte[] bytes, string way)
    {
        var layout = new ValueTableLayout(5, ValueTableLayout.SlotsFor(5), 15);
        int[] taken = [.. Enumerable.Range(0, (int)layout.Slots).Where(i => Number(i) != 0)];
        switch (way)
        {
            case "empty":
                return [];
            case "cut short":
                return bytes[..^1];
            case "longer":
                return [.. bytes, 0];
            case "other beginning":
                bytes[0]++;
                break;
            case "count below 0":
                Head(1, -1);
                break;
            case "count of another file":
                Head(1, 4);
                break;
            case "slots that overflow":
                Head(2, long.MaxValue / 2);
                break;
            case "no slot free":
                Head(2, 5);
                break;
            case "slot of no value":
                SetNumber(taken[0], 6);
                break;
            case "slot below 0":
                SetNumber(taken[0], -3);
                break;
            case "two slots of one value":
                SetNumber(taken[0], Number(taken[1]));
                break;
            case "slot that is missing":
                SetNumber(taken[0], 0);
                break;
            case "text beyond the end":
                Offset(5, 16);
                break;
            case "text that ends before it begins":
                Offset(2, 0);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(way), way, "There is no such way.");
        }

        return bytes;

        void Head(int place, long value) => BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(place * sizeof(long)), value);

        void Offset(int value, long offset) => BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan((int)layout.Offsets + (value * sizeof(long))), offset);

        int Number(int slot) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan((int)ValueTableLayout.Slot(slot) + sizeof(ulong)));

        void SetNumber(int slot, int number) => BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan((int)ValueTableLayout.Slot(slot) + sizeof(ulong)), number);
    }

    private StoredValues WriteAndOpen(string[] values)
    {
        ValueTableWriter.Write(_file, values);
        return StoredValues.Open(_file);
    }

    private static string Value(int i) => string.Create(CultureInfo.InvariantCulture, $"value {i}");
}
