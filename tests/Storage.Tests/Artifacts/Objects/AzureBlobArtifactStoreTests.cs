using System.Security.Cryptography;
using DinOrleans.Storage.Artifacts;
using DinOrleans.Storage.Artifacts.Objects;
using DinOrleans.Storage.Artifacts.Objects.AzureBlob;
using DinOrleans.TestMachine;
using DinOrleans.TestMachine.ObjectStores;

namespace DinOrleans.Storage.Tests.Artifacts.Objects;

[Trait("Category", "ObjectStore")]
public sealed class AzureBlobArtifactStoreTests(ObjectStoreServers servers) : ObjectArtifactStoreTests
{
    protected override IReadOnlyList<string> Secrets => [servers.Azure.Key, "AccountKey", "SharedKey "];

    protected override int Port => servers.Azure.Port;

    protected override string NameOf(string bucket) => $"Azure container \"{bucket}\"";

    protected override Task<string> CreateBucketAsync() => servers.Azure.CreateContainerAsync(Cancellation);

    protected override Dictionary<string, string?> Settings(string bucket, int port) => servers.Azure.Settings(bucket, port);

    private protected override IBucket Bucket(ArtifactOptions options) => new AzureBlobBucket(options);

    [Fact]
    public async Task StartAsync_WithAWrongKey_SaysWhatToDoAndTellsNoSecret()
    {
        string container = await CreateBucketAsync();
        string wrong = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
        using var folder = new TemporaryFolder();
        await using var process = new ArtifactProcess(folder.Path, servers.Azure.Settings(container, key: wrong));
        ArtifactStoreException refused = await Assert.ThrowsAsync<ArtifactStoreException>(() => process.StartAsync(Cancellation));
        Assert.False(refused.MayPass);
        Assert.Contains($"The Azure container \"{container}\" at 127.0.0.1 refuses to list the objects", refused.Message, StringComparison.Ordinal);
        Assert.Contains("403): check Artifacts:ConnectionString or the identity of this process", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(wrong, refused.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(process.Logs.GetSnapshot(), l => (l.Message + l.Exception).Contains(wrong, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Calls_WithASharedAccessSignature_KeepVersionsAndTellNoSecret()
    {
        string container = await CreateBucketAsync();
        string signature = servers.Azure.Signature();
        Dictionary<string, string?> settings = servers.Azure.Settings(container);
        settings["Artifacts:ConnectionString"] = $"BlobEndpoint=http://127.0.0.1:{Port}/{AzureServer.Account};SharedAccessSignature={signature}";
        using var folder = new TemporaryFolder();
        await using var process = new ArtifactProcess(folder.Path, settings);
        await process.Store.ImportAsync(TestVersion.Write(folder["trained"], "v1"), Cancellation);
        Assert.Equal(["v1"], await process.Store.ListAsync(Cancellation));
        VersionNotFoundException missing = await Assert.ThrowsAsync<VersionNotFoundException>(() => process.Store.OpenAsync("v9", Cancellation));
        string[] said = [missing.ToString(), .. process.Logs.GetSnapshot().Select(l => l.Message + l.Exception)];
        Assert.DoesNotContain(said, text => text.Contains("sig=", StringComparison.Ordinal));
    }
}
