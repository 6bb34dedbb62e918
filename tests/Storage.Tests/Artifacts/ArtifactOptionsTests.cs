using System.ComponentModel.DataAnnotations;
using DinOrleans.Storage.Artifacts;

namespace DinOrleans.Storage.Tests.Artifacts;

public sealed class ArtifactOptionsTests
{
    private const string Connection = "DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=c2VzYW1l;EndpointSuffix=core.windows.net";

    /// <summary>Options that break one rule each, and the message.</summary>
    public static TheoryData<Action<ArtifactOptions>, string> Broken => new()
    {
        { o => o.Bucket = null, "Artifacts:Bucket is not set: it must be the name of a bucket or container" },
        { o => o.Bucket = "a", "Artifacts:Bucket is \"a\": it must be the name" },
        { o => o.Bucket = "a/b", "Artifacts:Bucket is \"a/b\": it must be the name" },
        { o => o.Prefix = "/models", "Artifacts:Prefix is \"/models\": it must be names" },
        { o => o.Prefix = "models/..", "Artifacts:Prefix is \"models/..\": it must be names" },
        { o => o.Prefix = new string('p', 201), "at most 200 characters" },
        { o => o.Region = null, "Artifacts:Region is not set: it must be given where Artifacts:Store is S3 and Artifacts:Endpoint is not set" },
        { o => o.Endpoint = "minio:9000", "Artifacts:Endpoint must be an address such as" },
        { o => o.Endpoint = "https://user:sesame@minio", "Artifacts:Endpoint must be an address such as" },
        { o => o.Endpoint = "https://minio/bucket", "Artifacts:Endpoint must be an address such as" },
        { o => o.ConnectionString = Connection, "Artifacts:ConnectionString is given, but Artifacts:Store is S3" },
        { o => Azure(o, null, null), "Artifacts:Endpoint or Artifacts:ConnectionString must be given, and not both" },
        { o => Azure(o, "https://shop.blob.core.windows.net", Connection), "Artifacts:Endpoint or Artifacts:ConnectionString must be given, and not both" },
        { o => Azure(o, "http://shop.blob.core.windows.net", null), "Artifacts:Endpoint must be an address such as https://shop.blob.core.windows.net" },
        { o => Azure(o, "https://shop.blob.core.windows.net/?sig=sesame", null), "a shared access signature belongs into Artifacts:ConnectionString" },
        { o => Azure(o, null, "AccountName=shop;AccountKey=sesame"), "Artifacts:ConnectionString must be a connection string of an Azure storage account" },
        { o => Azure(o, null, "sesame"), "Artifacts:ConnectionString must be a connection string of an Azure storage account" },
        { o => o.Store = ArtifactStoreKind.Folder, "Artifacts:Bucket is given, but Artifacts:Store is Folder" },
        { o => o.Timeout = TimeSpan.Zero, nameof(ArtifactOptions.Timeout) },
        { o => o.Retries = 21, nameof(ArtifactOptions.Retries) },
        { o => o.Store = (ArtifactStoreKind)7, nameof(ArtifactOptions.Store) },
    };

    public static TheoryData<Action<ArtifactOptions>> Right => new()
    {
        o => { },
        o => (o.Region, o.Endpoint, o.PathStyle) = (null, "http://127.0.0.1:9000", true),
        o => o.Prefix = "shops/one",
        o => Azure(o, "https://shop.blob.core.windows.net", null),
        o => Azure(o, null, Connection),
        o => Azure(o, null, "BlobEndpoint=https://shop.blob.core.windows.net;SharedAccessSignature=sv=2026-01-01&sig=c2VzYW1l"),
        o => (o.Store, o.Bucket, o.Region) = (ArtifactStoreKind.Folder, null, null),
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Validate_OfOptionsThatBreakARule_NamesItAndTellsNoSecret(Action<ArtifactOptions> change, string message)
    {
        string[] broken = Validate(change);
        Assert.Contains(broken, b => b.Contains(message, StringComparison.Ordinal));
        Assert.DoesNotContain(broken, b => b.Contains("sesame", StringComparison.Ordinal) || b.Contains("c2VzYW1l", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Right))]
    public void Validate_OfOptionsThatAreRight_SaysNothing(Action<ArtifactOptions> change) => Assert.Empty(Validate(change));

    private static void Azure(ArtifactOptions options, string? endpoint, string? connection) =>
        (options.Store, options.Region, options.Endpoint, options.ConnectionString) = (ArtifactStoreKind.AzureBlob, null, endpoint, connection);

    private static string[] Validate(Action<ArtifactOptions> change)
    {
        var options = new ArtifactOptions { Store = ArtifactStoreKind.S3, Bucket = "models", Region = "eu-central-1" };
        change(options);
        List<ValidationResult> broken = [];
        Validator.TryValidateObject(options, new ValidationContext(options), broken, validateAllProperties: true);
        return [.. broken.Select(b => b.ErrorMessage!)];
    }
}
