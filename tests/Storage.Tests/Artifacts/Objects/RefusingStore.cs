using System.Net;
using System.Text;
using DinOrleans.TestMachine;
using DinOrleans.TestMachine.ObjectStores;

namespace DinOrleans.Storage.Tests.Artifacts.Objects;

/// <summary>
/// A server in this process that has an empty bucket and answers a caller without a right as S3 or Azure Blob Storage does. Which rights a caller has is
/// decided elsewhere in those two, and the servers of the other tests have no such rules.
/// </summary>
internal sealed class RefusingStore : IDisposable
{
    /// <summary>What the server says to people, which may name accounts and roles.</summary>
    public const string Explanation = "User arn:aws:iam::123456789012:user/somebody is not authorized.";

    private readonly HttpListener _listener = new();
    private readonly bool _isS3;
    private readonly Func<string, bool> _refuses;

    /// <param name="isS3">True for the protocol of S3, false for that of Azure Blob Storage.</param>
    /// <param name="refuses">Whether a right is missing: "list", "read" or "write".</param>
    public RefusingStore(bool isS3, Func<string, bool> refuses)
    {
        _isS3 = isS3;
        _refuses = refuses;
        Port = FreePort.Take(1)[0];
        _listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
        _listener.Start();
        _ = ServeAsync();
    }

    public int Port { get; }

    /// <summary>The settings of a process that keeps its versions there.</summary>
    public Dictionary<string, string?> Settings()
    {
        Dictionary<string, string?> settings = new() { ["Artifacts:Store"] = _isS3 ? "S3" : "AzureBlob", ["Artifacts:Bucket"] = "models" };
        if (_isS3)
        {
            S3Server.PutKeyIntoEnvironment();
            settings["Artifacts:Endpoint"] = $"http://127.0.0.1:{Port}";
            settings["Artifacts:PathStyle"] = "true";
        }
        else
        {
            string key = Convert.ToBase64String(new byte[64]);
            settings["Artifacts:ConnectionString"] = $"AccountName={AzureServer.Account};AccountKey={key};BlobEndpoint=http://127.0.0.1:{Port}/{AzureServer.Account};";
        }

        return settings;
    }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            await context.Request.InputStream.CopyToAsync(Stream.Null);
            Answer(context);
        }
    }

    private void Answer(HttpListenerContext context)
    {
        HttpListenerRequest request = context.Request;
        string right = request.HttpMethod == "PUT" ? "write" : request.QueryString["list-type"] is null && request.QueryString["comp"] is null ? "read" : "list";
        (int status, string code) = _refuses(right) ? (403, _isS3 ? "AccessDenied" : "AuthorizationPermissionMismatch")
            : right == "read" ? (404, _isS3 ? "NoSuchKey" : "BlobNotFound")
            : right == "write" ? (201, "")
            : (200, "");
        string body = code.Length > 0 ? $"<Error><Code>{code}</Code><Message>{Explanation}</Message><RequestId>1</RequestId></Error>"
            : right == "write" ? ""
            : _isS3 ? "<ListBucketResult><Name>models</Name><KeyCount>0</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated></ListBucketResult>"
            : "<EnumerationResults><Blobs /><NextMarker /></EnumerationResults>";
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        if (code.Length > 0)
        {
            context.Response.Headers["x-ms-error-code"] = code;
        }

        context.Response.Close(Encoding.UTF8.GetBytes($"""<?xml version="1.0" encoding="utf-8"?>{body}"""), willBlock: true);
    }
}
