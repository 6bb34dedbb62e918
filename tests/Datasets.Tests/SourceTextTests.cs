using System.Text;
using CsCheck;
using DinOrleans.TestMachine;

namespace DinOrleans.Datasets.Tests;

public sealed class SourceTextTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Texts longer than a block, of characters of one to four bytes, so that they are cut by blocks.</summary>
    [Fact]
    public void Read_AnyText_IsAsTheFrameworkReadsIt() => Gen.Select(Texts, Gen.Bool).Sample(
        (text, isMarked) =>
        {
            File.WriteAllText(_folder["text"], text, new UTF8Encoding(isMarked));
            Assert.Equal(text, Read(Encoding.UTF8));
        },
        iter: 30,
        threads: 1);

    [Fact]
    public void Read_WrongByteAnywhere_IsNamedWithItsLine() => Gen.Select(Texts, Gen.Double.Unit).Sample(
        (text, share) =>
        {
            int at = (int)(share * text.Length);
            at -= at > 0 && at < text.Length && (char.IsLowSurrogate(text[at]) || text[(at - 1)..(at + 1)] == "\r\n") ? 1 : 0;
            byte[] before = Encoding.UTF8.GetBytes(text[..at]);
            File.WriteAllBytes(_folder["text"], [.. before, 0xE9, (byte)',', .. Encoding.UTF8.GetBytes(text[at..])]);

            Assert.Equal(
                $"text line {1 + before.Count(b => b == '\n')}: byte {before.Length + 1} of the text (0xE9) is not utf-8",
                Assert.Throws<DatasetException>(() => Read(Encoding.UTF8)).Message);
        },
        iter: 30,
        threads: 1);

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void Read_ByteOrderMark_DecidesTheEncoding(string encoding)
    {
        const string Text = "user,item\nu\u00e9,\U0001F600\n";
        File.WriteAllText(_folder["text"], Text, Encoding.GetEncoding(encoding));

        Assert.Equal(Text, Read(Encoding.UTF8));
    }

    [Fact]
    public void Read_EndInTheMiddleOfACharacter_IsRefused()
    {
        File.WriteAllBytes(_folder["text"], [(byte)'a', (byte)'\n', 0xE2, 0x82]);

        Assert.StartsWith("text line 2: byte 3 of the text", Assert.Throws<DatasetException>(() => Read(Encoding.UTF8)).Message);
    }

    [Fact]
    public void Read_CutGzip_NamesTheLineBefore()
    {
        byte[] whole = GzipOf.Text(string.Concat(Enumerable.Range(0, 30_000).Select(i => $"{i * 7919}\n")));
        File.WriteAllBytes(_folder["text"], whole[..^9]);

        Assert.Matches("^text after line [1-9][0-9]*: the gzip data are cut short", Assert.Throws<DatasetException>(() => Read(Encoding.UTF8)).Message);
    }

    [Fact]
    public void Read_LineWithoutEnd_IsRefusedBeforeItFillsTheMemory()
    {
        File.WriteAllText(_folder["text"], "a\n" + new string('x', SourceText.MaxLineLength + DataFile.BufferSize));

        Assert.Equal("text line 2: is longer than 16777216 characters; is this the right file?", Assert.Throws<DatasetException>(() => Read(Encoding.UTF8)).Message);
    }

    private static string[] Parts { get; } = ["a", "1", ",", "\n", "\r\n", "\u00e9", "\u20ac", "\U0001F600"];

    private static Gen<string> Texts { get; } = Gen.Int[0, Parts.Length - 1].Select(i => Parts[i]).Array[1, 200].Select(parts => string.Concat(Enumerable.Repeat(string.Concat(parts), 400)));

    private string Read(Encoding encoding)
    {
        using var text = new SourceText(_folder["text"], encoding);
        return text.ReadToEnd();
    }
}
