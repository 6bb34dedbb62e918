using Azure;
using Azure.Identity;
using Azure.Storage.Blobs.Models;

namespace DinOrleans.Storage.Artifacts.Objects.AzureBlob;

/// <summary>What the errors of Azure's SDK mean.</summary>
internal sealed class AzureBlobErrors(string container, TimeSpan timeout) : BucketErrors(container, timeout)
{
    private const int Unauthorized = 401;
    private const int Forbidden = 403;
    private const string Address = $"{Options}:{nameof(ArtifactOptions.Endpoint)} or {Options}:{nameof(ArtifactOptions.ConnectionString)}";

    /// <inheritdoc/>
    protected override ArtifactStoreException? Describe(Exception error, string what) => Last(error) switch
    {
        RequestFailedException failed when failed.ErrorCode == BlobErrorCode.ContainerNotFound =>
            new($"{BucketFirst} does not exist: create it, or correct {Options}:{nameof(ArtifactOptions.Bucket)}.", mayPass: false),
        RequestFailedException { Status: Unauthorized or Forbidden } failed => new(
            $"{BucketFirst} refuses to {what} ({Code(failed)}): check {Options}:{nameof(ArtifactOptions.ConnectionString)} or the identity of this process, which needs the rights to list, read, write and delete blobs.",
            mayPass: false),
        RequestFailedException { Status: 0 } => new($"{BucketFirst} cannot be reached to {what}: check {Address}, and the network.", mayPass: true),
        RequestFailedException { Status: 408 or 429 or >= 500 } failed => new($"{BucketFirst} cannot be asked to {what} now ({Code(failed)}).", mayPass: true),
        RequestFailedException failed => new($"{BucketFirst} refuses to {what} ({Code(failed)}): check {Address}.", mayPass: false),
        AuthenticationFailedException failed => new(
            $"{BucketFirst} cannot be asked to {what}: Azure's SDK found no identity for this process that it can sign in with ({failed.GetType().Name}).", mayPass: false),
        OperationCanceledException or TimeoutException => TimedOut(what),
        HttpRequestException => new($"{BucketFirst} cannot be reached to {what}: check {Address}, and the network.", mayPass: true),
        IOException lost => Lost(lost, what),
        _ => null,
    };

    /// <summary>The last error of a request that was tried several times.</summary>
    private static Exception Last(Exception error) => error is AggregateException { InnerExceptions: [.., Exception last] } ? Last(last) : error;

    private static string Code(RequestFailedException error) => string.IsNullOrEmpty(error.ErrorCode) ? $"{error.Status}" : $"{error.ErrorCode}, {error.Status}";
}
