using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs;

namespace DinOrleans.Storage.Artifacts;

/// <summary>Where model versions are kept, and how they are transferred. All silos and training services of a cluster need the same store.</summary>
public sealed partial class ArtifactOptions : IValidatableObject
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Artifacts";

    /// <summary>The kind of store. Default <see cref="ArtifactStoreKind.Folder"/>.</summary>
    [EnumDataType(typeof(ArtifactStoreKind))]
    public ArtifactStoreKind Store { get; set; } = ArtifactStoreKind.Folder;

    /// <summary>The bucket of S3, or the container of Azure Blob Storage. It must exist. It is needed unless the store is a folder.</summary>
    public string? Bucket { get; set; }

    /// <summary>What the keys of all objects begin with, such as "shop/models", where the bucket holds other things too. Null, the default, for nothing.</summary>
    public string? Prefix { get; set; }

    /// <summary>
    /// The address of the store: of S3 where it is not Amazon's, such as "https://minio.example:9000", or the Blob service of a storage account, such
    /// as "https://shop.blob.core.windows.net". With an address of Azure, the process signs in as what Azure's SDK finds, such as a managed identity.
    /// </summary>
    public string? Endpoint { get; set; }

    /// <summary>The region of the S3 bucket, such as "eu-central-1". It is needed where no endpoint is given.</summary>
    public string? Region { get; set; }

    /// <summary>
    /// True to put the bucket into the path of S3 addresses and not into the name of the host, as most stores other than Amazon's need it. Default false.
    /// </summary>
    public bool PathStyle { get; set; }

    /// <summary>The connection string of the Azure storage account, with its key or a shared access signature, in place of an endpoint.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>
    /// The folder of this process alone in which versions from S3 or Azure are kept to be read. Null, the default, for the folder
    /// <c>version-cache</c> of the data folder.
    /// </summary>
    public string? CacheFolder { get; set; }

    /// <summary>
    /// How long S3 or Azure may take to answer a request, or a transfer may stand still, before the request is tried again, 1 s to 10 minutes. Default
    /// 30 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a request to S3 or Azure that failed for a reason that may pass, or the transfer of a file, is tried again, 0 to 20. Default 4.</summary>
    [Range(0, 20)]
    public int Retries { get; set; } = 4;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Store switch
    {
        ArtifactStoreKind.S3 => [.. BucketRules(), .. S3Rules(), .. Unused((nameof(ConnectionString), ConnectionString))],
        ArtifactStoreKind.AzureBlob => [.. BucketRules(), .. AzureRules(), .. Unused((nameof(Region), Region))],
        _ => Unused(
            (nameof(Bucket), Bucket), (nameof(Prefix), Prefix), (nameof(Endpoint), Endpoint), (nameof(Region), Region), (nameof(ConnectionString), ConnectionString),
            (nameof(CacheFolder), CacheFolder)),
    };

    private IEnumerable<ValidationResult> BucketRules()
    {
        if (Bucket is null || !BucketPattern().IsMatch(Bucket))
        {
            yield return Broken(nameof(Bucket), Bucket, $"must be the name of a bucket or container, 3 to 63 letters, digits, dots, dashes and underscores, where {Section}:{nameof(Store)} is {Store}");
        }

        if (Prefix is not null && !PrefixPattern().IsMatch(Prefix))
        {
            yield return Broken(nameof(Prefix), Prefix, "must be names of letters, digits, dots, dashes and underscores with \"/\" between them, and at most 200 characters");
        }
    }

    private IEnumerable<ValidationResult> S3Rules()
    {
        if (Endpoint is null && string.IsNullOrWhiteSpace(Region))
        {
            yield return Broken(nameof(Region), Region, $"must be given where {Section}:{nameof(Store)} is {Store} and {Section}:{nameof(Endpoint)} is not set");
        }

        if (Endpoint is not null && !IsAddress(Endpoint, Uri.UriSchemeHttp, Uri.UriSchemeHttps))
        {
            yield return BrokenSecretly(nameof(Endpoint), "must be an address such as https://minio.example:9000, without a user, a query or a path");
        }
    }

    private IEnumerable<ValidationResult> AzureRules()
    {
        if (Endpoint is null == ConnectionString is null)
        {
            yield return BrokenSecretly(nameof(Endpoint), $"or {Section}:{nameof(ConnectionString)} must be given, and not both, where {Section}:{nameof(Store)} is {Store}");
        }
        else if (Endpoint is not null && !IsAddress(Endpoint, Uri.UriSchemeHttps))
        {
            yield return BrokenSecretly(
                nameof(Endpoint), $"must be an address such as https://shop.blob.core.windows.net; a shared access signature belongs into {Section}:{nameof(ConnectionString)}");
        }
        else if (ConnectionString is not null && !IsConnectionString(ConnectionString))
        {
            yield return BrokenSecretly(nameof(ConnectionString), "must be a connection string of an Azure storage account");
        }
    }

    private IEnumerable<ValidationResult> Unused(params (string Setting, string? Value)[] settings) =>
        from setting in settings
        where setting.Value is not null
        select BrokenSecretly(setting.Setting, $"is given, but {Section}:{nameof(Store)} is {Store}, which does not use it");

    private static ValidationResult Broken(string setting, string? value, string rule) =>
        new($"{Section}:{setting} {(value is null ? "is not set" : $"is \"{value}\"")}: it {rule}.", [setting]);

    /// <summary>Says which rule a setting breaks whose value may hold a secret.</summary>
    private static ValidationResult BrokenSecretly(string setting, string rule) => new($"{Section}:{setting} {rule}.", [setting]);

    private static bool IsAddress(string text, params string[] schemes) => Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
        && schemes.Contains(address.Scheme) && address is { UserInfo: "", Query: "", Fragment: "", AbsolutePath: "/" };

    private static bool IsConnectionString(string text)
    {
        try
        {
            return new BlobServiceClient(text).AccountName.Length > 0;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException or IndexOutOfRangeException)
        {
            // The message of the error holds parts of the text.
            return false;
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]\z")]
    private static partial Regex BucketPattern();

    [GeneratedRegex(@"^(?=.{1,200}\z)[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*\z")]
    private static partial Regex PrefixPattern();
}
