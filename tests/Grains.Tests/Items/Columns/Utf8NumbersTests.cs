using System.Globalization;
using System.Text;
using DinOrleans.Grains.Items.Columns;

namespace DinOrleans.Grains.Tests.Items.Columns;

public sealed class Utf8NumbersTests
{
    [Fact]
    public void Find_ManyTexts_AreFoundUnderTheirNumbersAndOthersAreNot()
    {
        var numbers = new Utf8Numbers();
        for (int i = 0; i < 200_000; i++)
        {
            Add(numbers, Id(i));
        }

        Assert.Equal(200_000, numbers.Count);
        for (int i = 0; i < 200_000; i++)
        {
            Assert.Equal(i, numbers.Find(Id(i)));
        }

        Assert.All(Enumerable.Range(200_000, 1_000), i => Assert.Equal(-1, numbers.Find(Id(i))));
    }

    [Fact]
    public void Find_TextsTogether_AreFoundAsOneByOne()
    {
        var numbers = new Utf8Numbers();
        for (int i = 0; i < 50_000; i++)
        {
            Add(numbers, Id(i));
        }

        Add(numbers, "日本\"'💥");
        string[] texts = [.. Enumerable.Range(0, 60_000).Select(i => i % 7 == 3 ? new string('x', i) : Id(i)), "日本\"'💥", ""];
        int[] found = new int[Utf8Numbers.AtOnce];
        foreach (string[] some in texts.Chunk(found.Length))
        {
            numbers.Find(some, found);
            Assert.Equal(some.Select(numbers.Find), found[..some.Length]);
        }
    }

    [Theory]
    [InlineData("日本\"'💥")]
    [InlineData("x")]
    public void Find_AnyText_ReturnsItsNumber(string text)
    {
        var numbers = new Utf8Numbers(keepsTexts: true);
        Add(numbers, "before");
        Assert.Equal(1, Add(numbers, text));
        Assert.Equal(1, numbers.Find(text));
        Assert.Equal(text, Encoding.UTF8.GetString(numbers.Text(1)));
    }

    [Fact]
    public void Find_TextsWithOneHash_AreToldApart()
    {
        var numbers = new Utf8Numbers();
        numbers.Add("a"u8, hash: 7);
        numbers.Add("b"u8, hash: 7);
        numbers.Add("c"u8, hash: uint.MaxValue);
        Assert.Equal((0, 1, 2, -1), (numbers.Find("a"u8, 7), numbers.Find("b"u8, 7), numbers.Find("c"u8, uint.MaxValue), numbers.Find("d"u8, 7)));
    }

    [Fact]
    public void Find_TextLongerThanAnyId_IsNotFound() => Assert.Equal(-1, new Utf8Numbers().Find(new string('x', 1_000_000)));

    [Fact]
    public async Task Find_WhileAnotherThreadAdds_FindsEverythingAddedBefore()
    {
        var numbers = new Utf8Numbers();
        int added = 0;
        Task adding = Task.Run(
            () =>
            {
                for (int i = 0; i < 300_000; i++)
                {
                    Add(numbers, Id(i));
                    Volatile.Write(ref added, i + 1);
                }
            },
            TestContext.Current.CancellationToken);
        var random = new Random(1);
        long looked = 0;
        while (!adding.IsCompleted || looked == 0)
        {
            if (Volatile.Read(ref added) is var known and > 0)
            {
                int id = random.Next(known);
                Assert.Equal(id, numbers.Find(Id(id)));
                looked++;
            }
        }

        await adding;
    }

    private static int Add(Utf8Numbers numbers, string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        return numbers.Add(utf8, Utf8Numbers.Hash(utf8));
    }

    private static string Id(int i) => string.Create(CultureInfo.InvariantCulture, $"item-{i}");
}
