using System.Text;
using DinOrleans.Storage.Artifacts;
using DinOrleans.TestMachine;

namespace DinOrleans.Storage.Tests.Artifacts;

public sealed class IncomingVersionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FolderArtifactStore _store;

    public IncomingVersionTests() => _store = new(_folder.Path);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Keep_OfSeveralParts_IsTheVersionWithItsFiles()
    {
        using (IncomingVersion incoming = _store.Receive("v1"))
        {
            await WriteAsync(incoming, "manifest.json", 0, "{ }");
            await WriteAsync(incoming, "embeddings/item.f32", 0, "abc");
            await WriteAsync(incoming, "embeddings/item.f32", 3, "de");
            await WriteAsync(incoming, "sample.json", 0, "");
            Assert.Empty(_store.List());
            Assert.Equal("v1", Path.GetFileName(incoming.Folder));
            incoming.Keep();
        }

        Assert.Equal(["v1"], _store.List());
        Assert.Equal("abcde", await File.ReadAllTextAsync(Path.Combine(_store.Open("v1"), "embeddings", "item.f32"), Cancellation));
        Assert.Equal(["v1"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Dispose_OfWhatWasNotKept_LeavesNothing()
    {
        using (IncomingVersion incoming = _store.Receive("v1"))
        {
            await WriteAsync(incoming, "manifest.json", 0, "{ }");
        }

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task WriteAsync_APartThatDoesNotFollow_Throws(long offset)
    {
        using IncomingVersion incoming = _store.Receive("v1");
        await WriteAsync(incoming, "manifest.json", 0, "{ }");
        InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(() => WriteAsync(incoming, "manifest.json", offset, "x"));
        Assert.Contains("manifest.json", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_AFileTwice_Throws()
    {
        using IncomingVersion incoming = _store.Receive("v1");
        await WriteAsync(incoming, "manifest.json", 0, "{ }");
        await Assert.ThrowsAsync<IOException>(() => WriteAsync(incoming, "manifest.json", 0, "{ }"));
    }

    [Fact]
    public async Task Keep_WhereAnotherUploadWasFaster_LeavesItsVersion()
    {
        using IncomingVersion first = _store.Receive("v1"), second = _store.Receive("v1");
        await WriteAsync(first, "manifest.json", 0, "first");
        await WriteAsync(second, "manifest.json", 0, "second");
        first.Keep();
        second.Keep();
        Assert.Equal("first", await File.ReadAllTextAsync(Path.Combine(_store.Open("v1"), "manifest.json"), Cancellation));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData(".hidden")]
    [InlineData("")]
    public void Receive_ANameThatIsNotAVersions_Throws(string version) => Assert.Throws<ArgumentException>(() => _store.Receive(version));

    [Fact]
    public async Task RemoveLeftOvers_OfAProcessThatWasKilled_RemovesWhatItHadReceived()
    {
        IncomingVersion incoming = _store.Receive("v1");
        await WriteAsync(incoming, "manifest.json", 0, "{ }");
        Assert.Equal(0, _store.RemoveLeftOvers(TimeSpan.FromHours(1)));
        Assert.Equal(1, _store.RemoveLeftOvers(TimeSpan.Zero));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    private static Task WriteAsync(IncomingVersion incoming, string file, long offset, string text) =>
        incoming.WriteAsync(file, offset, Encoding.UTF8.GetBytes(text), Cancellation);
}
