using DinOrleans.Storage.Artifacts;
using DinOrleans.TestMachine;
using DinOrleans.TestMachine.ObjectStores;

namespace DinOrleans.Storage.Tests.Artifacts.Objects;

/// <summary>What a process says whose credentials lack a right, with the real clients of Amazon and Azure.</summary>
public sealed class RefusedCallsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, "list", "list the objects under \"\"")]
    [InlineData(true, "read", "read \"v1/manifest.json\"")]
    [InlineData(true, "write", "write \"v1/.unfinished\"")]
    [InlineData(false, "list", "list the objects under \"\"")]
    [InlineData(false, "read", "read \"v1/manifest.json\"")]
    [InlineData(false, "write", "write \"v1/.unfinished\"")]
    public async Task Calls_WithoutARight_SayInOneLineWhatIsRefusedAndWhatToCheck(bool isS3, string right, string what)
    {
        using var server = new RefusingStore(isS3, missing => missing == right);
        await using var process = new ArtifactProcess(_folder["process"], server.Settings());
        ArtifactStoreException refused = await Assert.ThrowsAsync<ArtifactStoreException>(() => CallAsync(process, right));
        Assert.False(refused.MayPass);
        Assert.Equal(
            isS3
                ? $"The S3 bucket \"models\" at 127.0.0.1 refuses to {what} (AccessDenied, 403): check Artifacts:Bucket and the credentials of this process, which need the rights to list, read, write and delete objects."
                : $"The Azure container \"models\" at 127.0.0.1 refuses to {what} (AuthorizationPermissionMismatch, 403): check Artifacts:ConnectionString or the identity of this process, which needs the rights to list, read, write and delete blobs.",
            refused.Message);
        string[] said = [refused.ToString(), .. process.Logs.GetSnapshot().Select(l => l.Message + l.Exception)];
        Assert.DoesNotContain(said, text => text.Contains(RefusingStore.Explanation, StringComparison.Ordinal) || text.Contains(S3Server.Key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task StartAsync_WithoutAnyRight_Ends(bool isS3)
    {
        using var server = new RefusingStore(isS3, _ => true);
        await using var process = new ArtifactProcess(_folder["process"], server.Settings());
        ArtifactStoreException refused = await Assert.ThrowsAsync<ArtifactStoreException>(() => process.StartAsync(Cancellation));
        Assert.Contains("refuses to list the objects under \"\" (", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Task CallAsync(ArtifactProcess process, string right) => right switch
    {
        "list" => process.Store.ListAsync(Cancellation),
        "read" => process.Store.OpenAsync("v1", Cancellation),
        _ => process.Store.ImportAsync(TestVersion.Write(_folder["trained"], "v1"), Cancellation),
    };
}
