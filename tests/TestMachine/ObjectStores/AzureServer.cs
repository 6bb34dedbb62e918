using System.Security.Cryptography;
using Azure.Storage.Blobs;
using Azure.Storage.Sas;

namespace DinOrleans.TestMachine.ObjectStores;

/// <summary>A server of this machine that speaks the protocol of Azure Blob Storage.</summary>
public sealed class AzureServer : IDisposable
{
    /// <summary>The name of the account.</summary>
    public const string Account = "testaccount";

    private readonly NodeServer _server;
    private int _containers;

    private AzureServer(NodeServer server, string key)
    {
        _server = server;
        Key = key;
    }

    public int Port => _server.Port;

    /// <summary>The key of the account.</summary>
    public string Key { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="whyNot">The reason why the server cannot be started here.</param>
    /// <returns>Null where this machine cannot have one.</returns>
    public static AzureServer? TryStart(out string whyNot)
    {
        string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
        NodeServer? server = NodeServer.TryStart(
            "azurite/dist/src/blob/main.js",
            (folder, port) => ["--blobHost", "127.0.0.1", "--blobPort", $"{port}", "--location", folder, "--silent", "--skipApiVersionCheck", "--disableTelemetry"],
            new Dictionary<string, string> { ["AZURITE_ACCOUNTS"] = $"{Account}:{key}" },
            out whyNot);
        return server is null ? null : new(server, key);
    }

    /// <summary>Makes an empty container.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> CreateContainerAsync(CancellationToken cancellationToken)
    {
        string name = $"container-{Interlocked.Increment(ref _containers)}";
        await new BlobServiceClient(ConnectionString()).CreateBlobContainerAsync(name, cancellationToken: cancellationToken);
        return name;
    }

    /// <summary>The connection string of the account.</summary>
    /// <param name="port">The port to reach it at, if it is not the server's own.</param>
    /// <param name="key">The key to sign in with, if it is not the account's.</param>
    public string ConnectionString(int? port = null, string? key = null) =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={key ?? Key};BlobEndpoint=http://127.0.0.1:{port ?? Port}/{Account};";

    /// <summary>A shared access signature that lets its holder do everything with blobs for an hour.</summary>
    public string Signature() => new BlobServiceClient(ConnectionString())
        .GenerateAccountSasUri(AccountSasPermissions.All, DateTimeOffset.UtcNow.AddHours(1), AccountSasResourceTypes.All).Query.TrimStart('?');

    /// <summary>The settings of a process that keeps its versions in a container.</summary>
    /// <param name="container">The container.</param>
    /// <param name="port">The port to reach it at, if it is not the server's own.</param>
    /// <param name="key">The key to sign in with, if it is not the account's.</param>
    public Dictionary<string, string?> Settings(string container, int? port = null, string? key = null) => new()
    {
        ["Artifacts:Store"] = "AzureBlob",
        ["Artifacts:Bucket"] = container,
        ["Artifacts:ConnectionString"] = ConnectionString(port, key),
    };

    /// <inheritdoc/>
    public void Dispose() => _server.Dispose();
}
