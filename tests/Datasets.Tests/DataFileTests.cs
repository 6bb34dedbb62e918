using System.IO.Compression;
using DinOrleans.TestMachine;

namespace DinOrleans.Datasets.Tests;

public sealed class DataFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OpenRead_Members_AreReadOneAfterTheOther() =>
        Assert.Equal("one\ntwo\n", Read(Write("log.csv.gz", [.. GzipOf.Text("one\n"), .. GzipOf.Text(""), .. GzipOf.Text("two\n")])));

    [Fact]
    public void OpenRead_LargeFile_IsReadWhole()
    {
        var random = new Random(5);
        string text = string.Join('\n', Enumerable.Range(0, 40_000).Select(_ => random.Next()));

        Assert.Equal(text + text, Read(Write("log.csv.gz", [.. GzipOf.Text(text), .. GzipOf.Text(text)])));
    }

    /// <summary>At every byte but the one between the members, where nothing tells that there was a second one.</summary>
    [Fact]
    public void OpenRead_CutAnywhere_IsRefused()
    {
        byte[] first = GzipOf.Text("user,item\n" + new string('a', 300));
        byte[] whole = [.. first, .. GzipOf.Text("u,i\nv,j\n")];
        for (int length = 0; length < whole.Length; length++)
        {
            string path = Write("log.csv.gz", whole[..length]);
            if (length != first.Length)
            {
                Assert.StartsWith($"the gzip data are cut short: the file ends after byte {length}, in the middle of a member", Assert.Throws<InvalidDataException>(() => Read(path)).Message);
            }
        }
    }

    [Fact]
    public void OpenRead_AnyByteOfTheDataChanged_IsRefused()
    {
        byte[] whole = GzipOf.Text("user,item\nu,i\nv,j\n");
        const int HeaderLength = 10;
        for (int at = HeaderLength; at < whole.Length; at++)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 0x55;
            string path = Write("log.csv.gz", changed);
            Assert.StartsWith("the gzip data are ", Assert.Throws<InvalidDataException>(() => Read(path)).Message);
        }
    }

    [Fact]
    public void OpenRead_SomethingElseAfterAMember_IsRefused() => Assert.StartsWith(
        "the gzip data are damaged before byte",
        Assert.Throws<InvalidDataException>(() => Read(Write("log.csv.gz", [.. GzipOf.Text("one\n"), .. "user,item\n"u8]))).Message);

    [Fact]
    public void OpenRead_HeaderWithEveryField_IsPassed()
    {
        byte[] plain = GzipOf.Text("one\n");
        byte[] header = [0x1F, 0x8B, 8, 0b11110, 0, 0, 0, 0, 0, 3, 2, 0, 7, 7, .. "name\0"u8, .. "comment\0"u8, 1, 2];

        Assert.Equal("one\n", Read(Write("log.csv.gz", [.. header, .. plain[10..]])));
    }

    [Fact]
    public void OpenRead_GzipByAnotherName_IsUnpacked() => Assert.Equal("one\n", Read(Write("log.csv", GzipOf.Text("one\n"))));

    [Fact]
    public void OpenRead_TextNamedGz_IsRefused() =>
        Assert.Equal("the file is not gzip", Assert.Throws<InvalidDataException>(() => Read(Write("log.csv.gz", "user,item\n"u8.ToArray()))).Message);

    [Theory]
    [InlineData("log.zip", "is a zip archive; unpack it and give the file in it.")]
    [InlineData("log.xlsx", "is an Excel workbook; save its sheet as CSV and give that file.")]
    public void OpenRead_Zip_IsRefused(string name, string message)
    {
        string path = _folder[name];
        using (var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create))
        {
            zip.CreateEntry("log.csv");
        }

        Assert.Equal($"{path}: {message}", Assert.Throws<DatasetException>(() => Read(path)).Message);
    }

    [Fact]
    public void OpenRead_Folder_IsRefused() =>
        Assert.Equal($"{_folder.Path} is a folder, not a file.", Assert.Throws<DatasetException>(() => Read(_folder.Path)).Message);

    private static string Read(string path)
    {
        using var reader = new StreamReader(DataFile.OpenRead(path));
        return reader.ReadToEnd();
    }

    private string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(_folder[name], bytes);
        return _folder[name];
    }
}
