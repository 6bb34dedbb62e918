using System.Collections.Concurrent;
using System.Net;
using System.Text;
using DinOrleans.TestMachine;

namespace DinOrleans.Datasets.Tests.Shoppers.Http;

/// <summary>A small HTTP server in this process, which answers by a rule and keeps what it was asked.</summary>
internal sealed class LocalServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<LocalRequest, Task<LocalAnswer>> _answer;
    private int _number;

    /// <param name="answer">Makes the answer to each request.</param>
    public LocalServer(Func<LocalRequest, Task<LocalAnswer>> answer)
    {
        _answer = answer;
        Address = new Uri($"http://127.0.0.1:{FreePort.Take(1)[0]}/");
        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>What it was asked, in the order of arrival.</summary>
    public ConcurrentQueue<LocalRequest> Requests { get; } = new();

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
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

            _ = AnswerAsync(context);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        var request = new LocalRequest(
            $"{context.Request.HttpMethod} {context.Request.RawUrl}",
            await reader.ReadToEndAsync(),
            context.Request.ContentType,
            Interlocked.Increment(ref _number) - 1);
        Requests.Enqueue(request);
        LocalAnswer answer = await _answer(request);
        if (answer.Status == 0)
        {
            context.Response.ContentLength64 = 100;
            await context.Response.OutputStream.WriteAsync("{"u8.ToArray());
            context.Response.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        if (answer.RetryAfter is { } after)
        {
            context.Response.Headers["Retry-After"] = after;
        }

        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer.Body));
        context.Response.Close();
    }
}

/// <param name="Line">Method and path.</param>
/// <param name="Body">The body.</param>
/// <param name="ContentType">The type of the body; null where none was sent.</param>
/// <param name="Number">The number of requests before this one.</param>
internal sealed record LocalRequest(string Line, string Body, string? ContentType, int Number);

/// <param name="Status">The status code; 0 to cut the connection in the middle of the answer.</param>
/// <param name="Body">The body.</param>
/// <param name="RetryAfter">The header Retry-After; null for none.</param>
internal sealed record LocalAnswer(int Status, string Body = "{}", string? RetryAfter = null);
