using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;
using DinOrleans.Storage.Artifacts;
using DinOrleans.Storage.Artifacts.Objects.S3;

namespace DinOrleans.Storage.Tests.Artifacts.Objects;

/// <summary>What errors of Amazon's SDK become that a server on this machine does not make.</summary>
public sealed class S3ErrorsTests
{
    private const string Secret = "sesame";

    /// <summary>Errors, what is said of them, and whether they may pass.</summary>
    public static TheoryData<Exception, string, bool> Errors => new()
    {
        { S3(HttpStatusCode.Forbidden, "AccessDenied"), "refuses to read \"v1/manifest.json\" (AccessDenied, 403): check Artifacts:Bucket and the credentials", false },
        { S3(HttpStatusCode.Forbidden, "SignatureDoesNotMatch"), "(SignatureDoesNotMatch, 403): check Artifacts:Bucket and the credentials", false },
        { S3(HttpStatusCode.MovedPermanently, "PermanentRedirect"), "(PermanentRedirect, 301): check Artifacts:Region, Artifacts:Endpoint and Artifacts:PathStyle", false },
        { S3(HttpStatusCode.BadRequest, "AuthorizationHeaderMalformed"), "(AuthorizationHeaderMalformed, 400): check Artifacts:Region", false },
        { S3(HttpStatusCode.ServiceUnavailable, "SlowDown"), "now (SlowDown, 503)", true },
        { S3(HttpStatusCode.InternalServerError, ""), "now (InternalServerError, 500)", true },
        { S3(HttpStatusCode.NotFound, S3Errors.NoSuchBucket), "The S3 bucket \"models\" does not exist: create it", false },
        { new AmazonUnmarshallingException("r", Secret, new FormatException(Secret)), "does not speak the protocol of S3: correct Artifacts:Endpoint", false },
        { new AmazonClientException(Secret), "found no credentials for this process", false },
        { new AmazonServiceException(Secret, new HttpRequestException(HttpRequestError.NameResolutionError, Secret)), "cannot be reached to read \"v1/manifest.json\" (NameResolutionError)", true },
        { new IOException(Secret, new SocketException((int)SocketError.ConnectionReset)), "The connection to the S3 bucket \"models\" was lost when it was asked to read", true },
        { new TaskCanceledException(Secret, new TimeoutException(Secret)), "did not answer within 30 s when it was asked to read \"v1/manifest.json\"", true },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task GuardAsync_AnErrorOfTheSdk_SaysWhatToDoAndNothingOfItsText(Exception error, string message, bool mayPass)
    {
        ArtifactStoreException described = await Assert.ThrowsAsync<ArtifactStoreException>(() => GuardAsync(error));
        Assert.Contains(message, described.Message, StringComparison.Ordinal);
        Assert.Contains("S3 bucket \"models\"", described.Message, StringComparison.Ordinal);
        Assert.Equal(mayPass, described.MayPass);
        Assert.DoesNotContain(Secret, described.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GuardAsync_AnErrorOfAFile_IsPassedOn() =>
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => GuardAsync(new UnauthorizedAccessException()));

    private static Task<bool> GuardAsync(Exception error) => new S3Errors("the S3 bucket \"models\"", TimeSpan.FromSeconds(30))
        .GuardAsync<bool>("read \"v1/manifest.json\"", () => throw error, TestContext.Current.CancellationToken);

    private static AmazonS3Exception S3(HttpStatusCode status, string code) => new(Secret) { StatusCode = status, ErrorCode = code };
}
