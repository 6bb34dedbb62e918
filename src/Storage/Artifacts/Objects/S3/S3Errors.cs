using System.Net;
using Amazon.Runtime;
using Amazon.S3;

namespace DinOrleans.Storage.Artifacts.Objects.S3;

/// <summary>What the errors of Amazon's SDK mean.</summary>
internal sealed class S3Errors(string bucket, TimeSpan timeout) : BucketErrors(bucket, timeout)
{
    /// <summary>The code of a bucket that does not exist.</summary>
    public const string NoSuchBucket = "NoSuchBucket";

    /// <inheritdoc/>
    protected override ArtifactStoreException? Describe(Exception error, string what) => error switch
    {
        AmazonS3Exception { ErrorCode: NoSuchBucket } =>
            new($"{BucketFirst} does not exist: create it, or correct {Options}:{nameof(ArtifactOptions.Bucket)}.", mayPass: false),
        AmazonUnmarshallingException =>
            new($"What answers for {Bucket} does not speak the protocol of S3: correct {Options}:{nameof(ArtifactOptions.Endpoint)}.", mayPass: false),
        AmazonServiceException { StatusCode: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized } service => new(
            $"{BucketFirst} refuses to {what} ({Code(service)}): check {Options}:{nameof(ArtifactOptions.Bucket)} and the credentials of this process, which need the rights to list, read, write and delete objects.",
            mayPass: false),
        AmazonServiceException { StatusCode: HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError } service =>
            new($"{BucketFirst} cannot be asked to {what} now ({Code(service)}).", mayPass: true),
        AmazonServiceException { StatusCode: not 0 } service => new(
            $"{BucketFirst} refuses to {what} ({Code(service)}): check {Options}:{nameof(ArtifactOptions.Region)}, {Options}:{nameof(ArtifactOptions.Endpoint)} and {Options}:{nameof(ArtifactOptions.PathStyle)}.",
            mayPass: false),
        _ when Find<HttpRequestException>(error) is { } http => new(
            $"{BucketFirst} cannot be reached to {what} ({http.HttpRequestError}): check {Options}:{nameof(ArtifactOptions.Endpoint)} and the network.", mayPass: true),
        _ when Find<OperationCanceledException>(error) is not null || Find<TimeoutException>(error) is not null => TimedOut(what),
        AmazonServiceException or WebException => new($"{BucketFirst} cannot be asked to {what} now ({error.GetType().Name}).", mayPass: true),
        AmazonClientException => new(
            $"{BucketFirst} cannot be asked to {what}: Amazon's SDK found no credentials for this process in its environment, profile or role ({error.GetType().Name}).", mayPass: false),
        _ => Lost(error, what),
    };

    private static string Code(AmazonServiceException error) => $"{(string.IsNullOrEmpty(error.ErrorCode) ? error.StatusCode : error.ErrorCode)}, {(int)error.StatusCode}";
}
