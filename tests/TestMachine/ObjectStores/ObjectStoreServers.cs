using Xunit;

namespace DinOrleans.TestMachine.ObjectStores;

/// <summary>The object stores that the tests of an assembly share; each test has a bucket of its own. A server starts with the first test that needs it.</summary>
public sealed class ObjectStoreServers : IDisposable
{
    private readonly Lazy<(S3Server? Server, string WhyNot)> _s3 = new(() => (S3Server.TryStart(out string whyNot), whyNot));
    private readonly Lazy<(AzureServer? Server, string WhyNot)> _azure = new(() => (AzureServer.TryStart(out string whyNot), whyNot));

    /// <summary>The server that speaks the protocol of S3. Skips the test where there is none.</summary>
    public S3Server S3 => Require(_s3.Value.Server, _s3.Value.WhyNot);

    /// <summary>The server that speaks the protocol of Azure Blob Storage. Skips the test where there is none.</summary>
    public AzureServer Azure => Require(_azure.Value.Server, _azure.Value.WhyNot);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_s3.IsValueCreated)
        {
            _s3.Value.Server?.Dispose();
        }

        if (_azure.IsValueCreated)
        {
            _azure.Value.Server?.Dispose();
        }
    }

    private static T Require<T>(T? server, string whyNot)
        where T : class
    {
        Assert.SkipWhen(server is null, whyNot);
        return server;
    }
}
