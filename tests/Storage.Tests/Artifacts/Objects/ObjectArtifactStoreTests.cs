using DinOrleans.Model.Artifacts;
using DinOrleans.Storage.Artifacts;
using DinOrleans.Storage.Artifacts.Objects;
using DinOrleans.TestMachine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.Storage.Tests.Artifacts.Objects;

/// <summary>What stores do that keep versions as objects in a bucket, also where transfers go wrong.</summary>
public abstract partial class ObjectArtifactStoreTests : ArtifactStoreTests
{
    /// <summary>Far into the only large file of a version: everything else is smaller than this together.</summary>
    private const int FarIn = 300_000;

    private const int LargeBytes = 1_000_000;

    private readonly TemporaryFolder _folder = new();
    private string? _bucket;
    private int _processes;

    /// <summary>What the process must never say.</summary>
    protected abstract IReadOnlyList<string> Secrets { get; }

    /// <summary>What messages call a bucket, such as <c>S3 bucket "models"</c>.</summary>
    protected abstract string NameOf(string bucket);

    /// <summary>The port of the server.</summary>
    protected abstract int Port { get; }

    public override void Dispose()
    {
        base.Dispose();
        GC.SuppressFinalize(this);
        _folder.Dispose();
    }

    protected abstract Task<string> CreateBucketAsync();

    /// <summary>The settings of a process.</summary>
    /// <param name="bucket">Its bucket.</param>
    /// <param name="port">The port that it reaches the server at.</param>
    protected abstract Dictionary<string, string?> Settings(string bucket, int port);

    private protected abstract IBucket Bucket(ArtifactOptions options);

    private protected override async Task<ArtifactProcess> OpenAsync() => await OpenAsync(Port);

    [Fact]
    public async Task OpenAsync_AnObjectThatIsDamagedInTheStore_NamesTheFileAndLeavesNothing()
    {
        await ImportLargeAsync();
        await PutAsync($"v1/{TestVersion.LargeFile}", new string('x', LargeBytes));
        await using ArtifactProcess process = await OpenAsync();
        ArtifactException refused = await Assert.ThrowsAsync<ArtifactException>(() => process.Store.OpenAsync("v1", Cancellation));
        Assert.Equal($"{TestVersion.LargeFile}: is damaged: its SHA-256 differs from the manifest's.", refused.Message);
        Assert.Empty(Directory.GetDirectories(Cache(process)));
    }

    [Theory]
    [InlineData("short", "fewer")]
    [InlineData("long", "more")]
    public async Task OpenAsync_AnObjectOfAnotherLength_NamesTheFile(string length, string reason)
    {
        await ImportLargeAsync();
        await PutAsync($"v1/{TestVersion.LargeFile}", new string('x', length == "short" ? 10 : LargeBytes + 10));
        await using ArtifactProcess process = await OpenAsync(Port, ("Retries", "0"));
        ArtifactException refused = await Assert.ThrowsAsync<ArtifactException>(() => process.Store.OpenAsync("v1", Cancellation));
        Assert.Contains($"{TestVersion.LargeFile}: is damaged: it has {reason} than the {LargeBytes} bytes", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_AnObjectThatIsMissing_NamesTheFile()
    {
        await ImportLargeAsync();
        using (IBucket bucket = Bucket(Options()))
        {
            await bucket.DeleteAsync("v1/scorer.onnx", Cancellation);
        }

        await using ArtifactProcess process = await OpenAsync();
        ArtifactException refused = await Assert.ThrowsAsync<ArtifactException>(() => process.Store.OpenAsync("v1", Cancellation));
        Assert.StartsWith("scorer.onnx: is missing in ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_AManifestOfAnotherVersion_IsRefused()
    {
        await using ArtifactProcess process = await OpenAsync();
        await process.Store.ImportAsync(TestVersion.Write(_folder["trained"], "v1"), Cancellation);
        await PutAsync("v2/manifest.json", await File.ReadAllTextAsync(Path.Combine(_folder["trained"], "v1", "manifest.json"), Cancellation));
        ArtifactException refused = await Assert.ThrowsAsync<ArtifactException>(() => process.Store.OpenAsync("v2", Cancellation));
        Assert.Contains("is that of version \"v1\", but lies in the place of \"v2\"", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RemoveLeftOversAsync_OfAnUploadThatWasKilled_RemovesItAfterADayAndNothingElse()
    {
        await BucketAsync();
        await PutAsync("v1/.unfinished", "");
        await PutAsync("v1/scorer.onnx", "half");
        await PutAsync("somebody/scorer.onnx", "else's");
        await PutAsync("notes.txt", "else's");
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using ArtifactProcess process = new(_folder["late"], Settings(_bucket!, Port), time);
        await process.Store.ImportAsync(TestVersion.Write(_folder["trained"], "v2"), Cancellation);
        Assert.Equal(0, await process.Store.RemoveLeftOversAsync(TimeSpan.Zero, Cancellation));
        time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await process.Store.RemoveLeftOversAsync(TimeSpan.Zero, Cancellation));
        Assert.Equal(["v2"], await process.Store.ListAsync(Cancellation));
        using IBucket bucket = Bucket(Options());
        Assert.Equal(["notes.txt", "somebody/scorer.onnx"], (await KeysAsync(bucket)).Where(k => !k.StartsWith("v2/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task RemoveAsync_AVersion_LeavesNoObject()
    {
        await using ArtifactProcess process = await OpenAsync();
        await process.Store.ImportAsync(TestVersion.Write(_folder["trained"], "v1"), Cancellation);
        using IBucket bucket = Bucket(Options());
        Assert.Equal(7, (await KeysAsync(bucket)).Count);
        await process.Store.RemoveAsync("v1", Cancellation);
        Assert.Empty(await KeysAsync(bucket));
    }

    [Fact]
    public async Task Calls_WithAPrefix_SeeOnlyWhatIsUnderIt()
    {
        await using ArtifactProcess one = await OpenAsync(Port, ("Prefix", "shops/one"));
        await using ArtifactProcess two = await OpenAsync(Port, ("Prefix", "shops/two"));
        await using ArtifactProcess all = await OpenAsync();
        string trained = TestVersion.Write(_folder["trained"], "v1");
        await one.Store.ImportAsync(trained, Cancellation);
        Assert.Equal(["v1"], await one.Store.ListAsync(Cancellation));
        Assert.Empty(await two.Store.ListAsync(Cancellation));
        Assert.Empty(await all.Store.ListAsync(Cancellation));
        Assert.Equal(TestVersion.Read(trained), TestVersion.Read(await one.Store.OpenAsync("v1", Cancellation)));
    }

    /// <summary>Puts a version with a large file into the store.</summary>
    /// <returns>The version's folder.</returns>
    private async Task<string> ImportLargeAsync()
    {
        string trained = TestVersion.Write(_folder["trained"], "v1", bytes: LargeBytes);
        await using ArtifactProcess writer = await OpenAsync();
        await writer.Store.ImportAsync(trained, Cancellation);
        return trained;
    }

    private static async Task IsReadAsync(ArtifactProcess process, string trained) =>
        Assert.Equal(TestVersion.Read(trained), TestVersion.Read(await process.Store.OpenAsync("v1", Cancellation)));

    private async Task<ArtifactProcess> OpenAsync(int port, params (string Name, string Value)[] settings)
    {
        string data = _folder[$"process-{Interlocked.Increment(ref _processes)}"];
        return new(data, With(Settings(await BucketAsync(), port), settings)) { Data = data };
    }

    private async Task<string> BucketAsync() => _bucket ??= await CreateBucketAsync();

    private ArtifactOptions Options() => new ConfigurationBuilder().AddInMemoryCollection(Settings(_bucket!, Port)).Build().GetSection(ArtifactOptions.Section).Get<ArtifactOptions>()!;

    private static Dictionary<string, string?> With(Dictionary<string, string?> settings, params (string Name, string Value)[] more)
    {
        foreach ((string name, string value) in more)
        {
            settings[$"Artifacts:{name}"] = value;
        }

        return settings;
    }

    private static string Cache(ArtifactProcess process) => Path.Combine(process.Data!, "version-cache");

    /// <summary>Puts an object in place of another one.</summary>
    private async Task PutAsync(string key, string content)
    {
        using IBucket bucket = Bucket(Options());
        await bucket.PutAsync(key, _folder.Write("object", content), Cancellation);
    }

    private static async Task<List<string>> KeysAsync(IBucket bucket)
    {
        List<string> keys = [];
        await foreach (StoredObject found in bucket.ListAsync("", Cancellation))
        {
            keys.Add(found.Key);
        }

        return keys;
    }
}
