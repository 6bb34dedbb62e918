using DinOrleans.Model.Artifacts;
using DinOrleans.Storage.Artifacts;
using DinOrleans.TestMachine;

namespace DinOrleans.Storage.Tests.Artifacts;

/// <summary>What every artifact store does.</summary>
public abstract class ArtifactStoreTests : IDisposable
{
    private readonly TemporaryFolder _trained = new();

    public static TheoryData<string> WrongNames => ["../v1", "..", ".hidden", "a/b", "", "v1\n"];

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Opens the store as one more process.</summary>
    private protected abstract Task<ArtifactProcess> OpenAsync();

    public virtual void Dispose()
    {
        GC.SuppressFinalize(this);
        _trained.Dispose();
    }

    [Fact]
    public async Task ImportAsync_AVersion_IsReadBackAsItIsByAnotherProcess()
    {
        string trained = TestVersion.Write(_trained.Path, "v1");
        Dictionary<string, string> files = TestVersion.Read(trained);
        await using (ArtifactProcess writer = await OpenAsync())
        {
            Assert.Equal("v1", await writer.Store.ImportAsync(trained, Cancellation));
        }

        Directory.Delete(trained, recursive: true);
        await using ArtifactProcess reader = await OpenAsync();
        Assert.Equal(["v1"], await reader.Store.ListAsync(Cancellation));
        string opened = await reader.Store.OpenAsync("v1", Cancellation);
        Assert.Equal("v1", Path.GetFileName(opened));
        Assert.Equal(files, TestVersion.Read(opened));
    }

    [Fact]
    public async Task ReadManifestAsync_OfAVersion_IsItsManifest()
    {
        await using ArtifactProcess process = await OpenAsync();
        string trained = TestVersion.Write(_trained.Path, "v1");
        await process.Store.ImportAsync(trained, Cancellation);
        Assert.Equal(ArtifactManifest.Read(trained).ToJson(), (await process.Store.ReadManifestAsync("v1", Cancellation)).ToJson());
    }

    [Fact]
    public async Task ImportAsync_TheSameVersionAgain_DoesNothing()
    {
        await using ArtifactProcess process = await OpenAsync();
        string trained = TestVersion.Write(_trained.Path, "v1");
        await process.Store.ImportAsync(trained, Cancellation);
        Assert.Equal("v1", await process.Store.ImportAsync(trained, Cancellation));
        Assert.Equal(["v1"], await process.Store.ListAsync(Cancellation));
    }

    [Fact]
    public async Task ImportAsync_AnotherVersionOfTheSameName_IsRefusedAndLeavesTheFirst()
    {
        await using ArtifactProcess process = await OpenAsync();
        string first = TestVersion.Write(_trained["first"], "v1", seed: 1);
        await process.Store.ImportAsync(first, Cancellation);
        ArtifactException refused = await Assert.ThrowsAsync<ArtifactException>(
            () => process.Store.ImportAsync(TestVersion.Write(_trained["second"], "v1", seed: 2), Cancellation));
        Assert.Equal("v1: is in the store already, with another manifest.", refused.Message);
        Assert.Equal(TestVersion.Read(first), TestVersion.Read(await process.Store.OpenAsync("v1", Cancellation)));
    }

    [Theory]
    [InlineData("scorer.onnx")]
    [InlineData(TestVersion.LargeFile)]
    public async Task ImportAsync_ADamagedFile_NamesItAndKeepsNothing(string file)
    {
        await using ArtifactProcess process = await OpenAsync();
        string trained = TestVersion.Write(_trained.Path, "v1");
        await File.WriteAllTextAsync(Path.Combine(trained, file), "other", Cancellation);
        ArtifactException refused = await Assert.ThrowsAsync<ArtifactException>(() => process.Store.ImportAsync(trained, Cancellation));
        Assert.StartsWith($"{file}: is damaged", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await process.Store.ListAsync(Cancellation));
    }

    [Fact]
    public async Task ImportAsync_AFolderThatIsNotThere_NamesIt()
    {
        await using ArtifactProcess process = await OpenAsync();
        DirectoryNotFoundException refused = await Assert.ThrowsAsync<DirectoryNotFoundException>(() => process.Store.ImportAsync(_trained["missing"], Cancellation));
        Assert.Contains(_trained["missing"], refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImportAsync_TheSameVersionByManyAtOnce_LeavesOneThatIsWhole()
    {
        await using ArtifactProcess process = await OpenAsync();
        string trained = TestVersion.Write(_trained.Path, "v1", bytes: 200_000);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => process.Store.ImportAsync(trained, Cancellation)));
        Assert.Equal(["v1"], await process.Store.ListAsync(Cancellation));
        Assert.Equal(TestVersion.Read(trained), TestVersion.Read(await process.Store.OpenAsync("v1", Cancellation)));
    }

    [Fact]
    public async Task ImportAsync_Cancelled_IsNotInTheStore()
    {
        await using ArtifactProcess process = await OpenAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => process.Store.ImportAsync(TestVersion.Write(_trained.Path, "v1"), new CancellationToken(canceled: true)));
        Assert.Empty(await process.Store.ListAsync(Cancellation));
    }

    [Fact]
    public async Task ListAsync_OfSeveral_IsNewestFirstByName()
    {
        await using ArtifactProcess process = await OpenAsync();
        Assert.Empty(await process.Store.ListAsync(Cancellation));
        foreach (string version in (string[])["2026-01-02", "2026-01-03", "2026-01-01"])
        {
            await process.Store.ImportAsync(TestVersion.Write(_trained.Path, version), Cancellation);
        }

        Assert.Equal(["2026-01-03", "2026-01-02", "2026-01-01"], await process.Store.ListAsync(Cancellation));
    }

    [Fact]
    public async Task OpenAsync_AVersionThatIsNotThere_NamesIt()
    {
        await using ArtifactProcess process = await OpenAsync();
        VersionNotFoundException refused = await Assert.ThrowsAsync<VersionNotFoundException>(() => process.Store.OpenAsync("v9", Cancellation));
        Assert.Contains("\"v9\"", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<VersionNotFoundException>(() => process.Store.ReadManifestAsync("v9", Cancellation));
    }

    [Theory]
    [MemberData(nameof(WrongNames))]
    public async Task Calls_WithANameThatIsNotAVersions_AreRefused(string version)
    {
        await using ArtifactProcess process = await OpenAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => process.Store.OpenAsync(version, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => process.Store.ReadManifestAsync(version, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => process.Store.RemoveAsync(version, Cancellation));
        Assert.Throws<ArgumentException>(() => process.Store.Receive(version));
    }

    [Fact]
    public async Task RemoveAsync_AVersion_IsGoneAtOnceAndMayBeImportedAgain()
    {
        await using ArtifactProcess process = await OpenAsync();
        string trained = TestVersion.Write(_trained.Path, "v1");
        await process.Store.ImportAsync(trained, Cancellation);
        await process.Store.OpenAsync("v1", Cancellation);
        await process.Store.RemoveAsync("v1", Cancellation);
        await Assert.ThrowsAsync<VersionNotFoundException>(() => process.Store.OpenAsync("v1", Cancellation));
        Assert.Empty(await process.Store.ListAsync(Cancellation));
        await process.Store.RemoveAsync("v1", Cancellation);
        await process.Store.ImportAsync(trained, Cancellation);
        Assert.Equal(TestVersion.Read(trained), TestVersion.Read(await process.Store.OpenAsync("v1", Cancellation)));
    }

    [Fact]
    public async Task Receive_PartsThatAreKept_AreTheVersion()
    {
        await using ArtifactProcess process = await OpenAsync();
        string trained = TestVersion.Write(_trained.Path, "v1");
        using (IncomingVersion incoming = process.Store.Receive("v1"))
        {
            await WriteAsync(incoming, trained);
            Assert.Empty(await process.Store.ListAsync(Cancellation));
            Assert.Equal("v1", Path.GetFileName(incoming.Folder));
            await incoming.KeepAsync(Cancellation);
        }

        Assert.Equal(TestVersion.Read(trained), TestVersion.Read(await process.Store.OpenAsync("v1", Cancellation)));
    }

    [Fact]
    public async Task Receive_TheSameVersionAgain_DoesNothingAndAnotherOneIsRefused()
    {
        await using ArtifactProcess process = await OpenAsync();
        string trained = TestVersion.Write(_trained["first"], "v1");
        await process.Store.ImportAsync(trained, Cancellation);
        using IncomingVersion same = process.Store.Receive("v1"), other = process.Store.Receive("v1");
        await WriteAsync(same, trained);
        await WriteAsync(other, TestVersion.Write(_trained["second"], "v1", seed: 2));
        await same.KeepAsync(Cancellation);
        await Assert.ThrowsAsync<ArtifactException>(() => other.KeepAsync(Cancellation));
        Assert.Equal(TestVersion.Read(trained), TestVersion.Read(await process.Store.OpenAsync("v1", Cancellation)));
    }

    [Fact]
    public async Task Receive_PartsThatAreNotKept_LeaveNothing()
    {
        await using ArtifactProcess process = await OpenAsync();
        string folder;
        using (IncomingVersion incoming = process.Store.Receive("v1"))
        {
            await WriteAsync(incoming, TestVersion.Write(_trained.Path, "v1"));
            folder = incoming.Folder;
        }

        Assert.False(Directory.Exists(Path.GetDirectoryName(folder)));
        Assert.Empty(await process.Store.ListAsync(Cancellation));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task WriteAsync_APartThatDoesNotFollow_IsRefused(long offset)
    {
        await using ArtifactProcess process = await OpenAsync();
        using IncomingVersion incoming = process.Store.Receive("v1");
        await incoming.WriteAsync("manifest.json", 0, "{ }"u8.ToArray(), Cancellation);
        InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(() => incoming.WriteAsync("manifest.json", offset, "x"u8.ToArray(), Cancellation));
        Assert.Contains("manifest.json", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<IOException>(() => incoming.WriteAsync("manifest.json", 0, "{ }"u8.ToArray(), Cancellation));
    }

    [Fact]
    public async Task StartAsync_OfAStoreThatWorks_LeavesItAsItIs()
    {
        await using ArtifactProcess process = await OpenAsync();
        await process.StartAsync(Cancellation);
        await process.Store.ImportAsync(TestVersion.Write(_trained.Path, "v1"), Cancellation);
        await process.StartAsync(Cancellation);
        Assert.Equal(["v1"], await process.Store.ListAsync(Cancellation));
        Assert.DoesNotContain(process.Logs.GetSnapshot(), l => l.Level >= Microsoft.Extensions.Logging.LogLevel.Warning);
    }

    /// <summary>Sends a version part by part.</summary>
    private static async Task WriteAsync(IncomingVersion incoming, string folder)
    {
        foreach (string file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            byte[] bytes = await File.ReadAllBytesAsync(file, Cancellation);
            string name = Path.GetRelativePath(folder, file);
            int half = bytes.Length / 2;
            await incoming.WriteAsync(name, 0, bytes.AsMemory(0, half), Cancellation);
            if (half > 0)
            {
                await incoming.WriteAsync(name, half, bytes.AsMemory(half), Cancellation);
            }
        }
    }
}
