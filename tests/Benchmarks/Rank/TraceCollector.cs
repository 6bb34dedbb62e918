using System.Net;
using DinOrleans.TestMachine;

namespace DinOrleans.Benchmarks.Rank;

/// <summary>A collector of traces by OTLP over HTTP, on loopback. It reads what arrives, counts the bytes and keeps nothing.</summary>
internal sealed class TraceCollector
{
    private readonly HttpListener _listener = new();
    private long _bytes;

    public TraceCollector()
    {
        string origin = $"http://127.0.0.1:{FreePort.Take(1)[0]}/";
        Address = origin + "v1/traces";
        _listener.Prefixes.Add(origin);
        _listener.Start();
        _ = Task.Run(ReceiveAsync);
    }

    /// <summary>The address for <c>OTEL_EXPORTER_OTLP_TRACES_ENDPOINT</c>.</summary>
    public string Address { get; }

    /// <summary>The bytes that have arrived.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    private async Task ReceiveAsync()
    {
        byte[] buffer = new byte[64 * 1024];
        while (true)
        {
            HttpListenerContext context = await _listener.GetContextAsync().ConfigureAwait(false);
            int read;
            while ((read = await context.Request.InputStream.ReadAsync(buffer).ConfigureAwait(false)) > 0)
            {
                Interlocked.Add(ref _bytes, read);
            }

            context.Response.ContentType = "application/x-protobuf";
            context.Response.Close();
        }
    }
}
