namespace DinOrleans.TestMachine.ObjectStores;

/// <summary>A server of this machine that speaks the protocol of S3.</summary>
public sealed class S3Server : IDisposable
{
    /// <summary>The id and the secret of the only key that the server knows.</summary>
    public const string Key = "S3RVER";

    private readonly NodeServer _server;
    private int _buckets;

    private S3Server(NodeServer server) => _server = server;

    public int Port => _server.Port;

    /// <summary>Starts a server, whose key the environment of this process then has.</summary>
    /// <param name="whyNot">The reason why the server cannot be started here.</param>
    /// <returns>Null where this machine cannot have one.</returns>
    public static S3Server? TryStart(out string whyNot)
    {
        NodeServer? server = NodeServer.TryStart(
            "s3rver/bin/s3rver.js", (folder, port) => ["--directory", folder, "--address", "127.0.0.1", "--port", $"{port}", "--silent"], new Dictionary<string, string>(), out whyNot);
        if (server is null)
        {
            return null;
        }

        PutKeyIntoEnvironment();
        return new(server);
    }

    /// <summary>Puts the key into the environment of this process, where clients of S3 look for one.</summary>
    public static void PutKeyIntoEnvironment()
    {
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", Key);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", Key);
    }

    /// <summary>Makes an empty bucket.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> CreateBucketAsync(CancellationToken cancellationToken)
    {
        string name = $"bucket-{Interlocked.Increment(ref _buckets)}";
        using var http = new HttpClient();
        using HttpResponseMessage answer = await http.PutAsync(new Uri($"http://127.0.0.1:{Port}/{name}"), content: null, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return name;
    }

    /// <summary>The settings of a process that keeps its versions in a bucket.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="port">The port to reach it at, if it is not the server's own.</param>
    public Dictionary<string, string?> Settings(string bucket, int? port = null) => new()
    {
        ["Artifacts:Store"] = "S3",
        ["Artifacts:Bucket"] = bucket,
        ["Artifacts:Endpoint"] = $"http://127.0.0.1:{port ?? Port}",
        ["Artifacts:PathStyle"] = "true",
    };

    /// <inheritdoc/>
    public void Dispose() => _server.Dispose();
}
