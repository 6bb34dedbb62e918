using DinOrleans.Storage.Artifacts;

namespace DinOrleans.Storage.Tests.Artifacts;

public sealed class FolderArtifactStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("artifacts-").FullName;

    private string Versions => Path.Combine(_folder, "versions");

    [Fact]
    public void Import_FolderWithSubfolders_IsCopiedWhole()
    {
        Assert.Equal("v1", new FolderArtifactStore(Versions).Import(Artifact("v1", "weights")));
        Directory.Delete(Path.Combine(_folder, "trained"), recursive: true);
        string opened = new FolderArtifactStore(Versions).Open("v1");
        Assert.Equal("weights", File.ReadAllText(Path.Combine(opened, "tables", "item.bin")));
        Assert.Equal("{}", File.ReadAllText(Path.Combine(opened, "manifest.json")));
    }

    [Fact]
    public void Import_VersionThatIsThere_ChangesNothing()
    {
        var store = new FolderArtifactStore(Versions);
        store.Import(Artifact("v1", "first"));
        store.Import(Artifact("v1", "second"));
        Assert.Equal("first", File.ReadAllText(Path.Combine(store.Open("v1"), "tables", "item.bin")));
    }

    [Fact]
    public async Task Import_SameVersionManyTimesAtOnce_LeavesOneAndNothingBeside()
    {
        string trained = Artifact("v1", "weights");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => new FolderArtifactStore(Versions).Import(trained), TestContext.Current.CancellationToken)));
        Assert.Equal([Path.Combine(Versions, "v1")], Directory.GetFileSystemEntries(Versions));
    }

    [Fact]
    public void List_SeveralAndALeftover_IsNewestFirstByName()
    {
        var store = new FolderArtifactStore(Versions);
        store.Import(Artifact("2026-01-01", ""));
        store.Import(Artifact("2026-01-02", ""));
        Directory.CreateDirectory(Path.Combine(Versions, ".importing-cut-short"));
        Assert.Equal(["2026-01-02", "2026-01-01"], new FolderArtifactStore(Versions).List());
    }

    [Fact]
    public async Task RemoveAsync_AVersion_IsGoneAtOnceAndMayBeImportedAgain()
    {
        var store = new FolderArtifactStore(Versions);
        string trained = Artifact("v1", "first");
        store.Import(trained);
        await store.RemoveAsync("v1");
        Assert.Throws<DirectoryNotFoundException>(() => store.Open("v1"));
        Assert.Empty(store.List());
        await store.RemoveAsync("v1");
        Assert.Equal("v1", store.Import(trained));
        Assert.True(Directory.Exists(store.Open("v1")));
    }

    [Theory]
    [InlineData(".importing-1")]
    [InlineData(".writing-1")]
    [InlineData(".removing-1")]
    public void RemoveLeftOvers_FoldersThatAProcessHadNotFinished_AreGone(string leftOver)
    {
        var store = new FolderArtifactStore(Versions);
        store.Import(Artifact("v1", "weights"));
        Directory.CreateDirectory(Path.Combine(Versions, leftOver, "tables"));
        File.WriteAllText(Path.Combine(Versions, leftOver, "tables", "item.bin"), "half");
        Directory.CreateDirectory(Path.Combine(Versions, ".snapshot"));
        Assert.Equal(0, store.RemoveLeftOvers(TimeSpan.FromHours(1)));
        Assert.Equal(1, store.RemoveLeftOvers(TimeSpan.Zero));
        Assert.Equal([".snapshot", "v1"], Directory.GetDirectories(Versions).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Import_FolderThatIsNotThere_NamesIt()
    {
        string missing = Path.Combine(_folder, "missing");
        var e = Assert.Throws<DirectoryNotFoundException>(() => new FolderArtifactStore(Versions).Import(missing));
        Assert.Contains(missing, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_UnknownVersion_NamesIt() =>
        Assert.Contains("\"v9\"", Assert.Throws<DirectoryNotFoundException>(() => new FolderArtifactStore(Versions).Open("v9")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("../v1")]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    [InlineData("")]
    public void Open_NameThatIsNoVersion_IsRefused(string version) =>
        Assert.Throws<ArgumentException>(() => new FolderArtifactStore(Versions).Open(version));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Artifact(string version, string weights)
    {
        string folder = Path.Combine(_folder, "trained", version);
        Directory.CreateDirectory(Path.Combine(folder, "tables"));
        File.WriteAllText(Path.Combine(folder, "manifest.json"), "{}");
        File.WriteAllText(Path.Combine(folder, "tables", "item.bin"), weights);
        return folder;
    }
}
