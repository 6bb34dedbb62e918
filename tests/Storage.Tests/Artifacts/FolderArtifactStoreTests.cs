using DinOrleans.Storage.Artifacts;
using DinOrleans.TestMachine;

namespace DinOrleans.Storage.Tests.Artifacts;

public sealed class FolderArtifactStoreTests : ArtifactStoreTests
{
    private readonly TemporaryFolder _data = new();

    private string Versions => _data["versions"];

    public override void Dispose()
    {
        base.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task ImportAsync_ByManyProcessesAtOnce_LeavesNothingBeside()
    {
        string trained = TestVersion.Write(_data["trained"], "v1");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => new FolderArtifactStore(Versions).ImportAsync(trained, Cancellation)));
        Assert.Equal([Path.Combine(Versions, "v1")], Directory.GetFileSystemEntries(Versions));
    }

    [Fact]
    public async Task ListAsync_WithALeftover_LeavesItOut()
    {
        var store = new FolderArtifactStore(Versions);
        Directory.CreateDirectory(Path.Combine(Versions, ".importing-cut-short"));
        Assert.Empty(await store.ListAsync(Cancellation));
    }

    [Theory]
    [InlineData(".importing-1")]
    [InlineData(".writing-1")]
    [InlineData(".removing-1")]
    [InlineData(".receiving-1")]
    public async Task RemoveLeftOversAsync_FoldersThatAProcessHadNotFinished_AreGone(string leftOver)
    {
        var store = new FolderArtifactStore(Versions);
        await store.ImportAsync(TestVersion.Write(_data["trained"], "v1"), Cancellation);
        Directory.CreateDirectory(Path.Combine(Versions, leftOver, "tables"));
        await File.WriteAllTextAsync(Path.Combine(Versions, leftOver, "tables", "item.bin"), "half", Cancellation);
        Directory.CreateDirectory(Path.Combine(Versions, ".snapshot"));
        Assert.Equal(0, await store.RemoveLeftOversAsync(TimeSpan.FromHours(1), Cancellation));
        Assert.Equal(1, await store.RemoveLeftOversAsync(TimeSpan.Zero, Cancellation));
        Assert.Equal([".snapshot", "v1"], Directory.GetDirectories(Versions).Select(Path.GetFileName).Order());
    }

    private protected override Task<ArtifactProcess> OpenAsync() => Task.FromResult(new ArtifactProcess(_data.Path, new Dictionary<string, string?>()));
}
