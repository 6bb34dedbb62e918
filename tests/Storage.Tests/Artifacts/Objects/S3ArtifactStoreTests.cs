using DinOrleans.Storage.Artifacts;
using DinOrleans.Storage.Artifacts.Objects;
using DinOrleans.Storage.Artifacts.Objects.S3;
using DinOrleans.TestMachine.ObjectStores;

[assembly: AssemblyFixture(typeof(ObjectStoreServers))]

namespace DinOrleans.Storage.Tests.Artifacts.Objects;

[Trait("Category", "ObjectStore")]
public sealed class S3ArtifactStoreTests(ObjectStoreServers servers) : ObjectArtifactStoreTests
{
    protected override IReadOnlyList<string> Secrets => [S3Server.Key, "Signature=", "Credential="];

    protected override int Port => servers.S3.Port;

    protected override string NameOf(string bucket) => $"S3 bucket \"{bucket}\"";

    protected override Task<string> CreateBucketAsync() => servers.S3.CreateBucketAsync(Cancellation);

    protected override Dictionary<string, string?> Settings(string bucket, int port) => servers.S3.Settings(bucket, port);

    private protected override IBucket Bucket(ArtifactOptions options) => new S3CompatibleBucket(options);
}
