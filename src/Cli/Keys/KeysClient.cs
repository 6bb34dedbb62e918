using System.Net.Http.Headers;
using System.Text.Json;
using DinOrleans.Datasets.Shoppers.Http;

namespace DinOrleans.Cli.Keys;

/// <summary>Calls <c>/v1/keys</c> of a server.</summary>
internal sealed class KeysClient : IDisposable
{
    private const int MaxAnswerBytes = 16 * 1024 * 1024;

    private readonly HttpClient _http;

    /// <param name="address">Where the server listens.</param>
    /// <param name="key">The key or token of the caller; null for none.</param>
    public KeysClient(Uri address, string? key)
    {
        _http = new HttpClient
        {
            BaseAddress = new Uri(address.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = TimeSpan.FromSeconds(30),
            MaxResponseContentBufferSize = MaxAnswerBytes,
        };
        _http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Sends a request.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path, for example "v1/keys".</param>
    /// <param name="body">What to send as JSON; null for nothing.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The body of the answer.</returns>
    /// <exception cref="IOException">The server cannot be reached or has refused the request. The message is one sentence.</exception>
    public async Task<byte[]> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        try
        {
            using HttpResponseMessage answer = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            byte[] read = await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return answer.IsSuccessStatusCode ? read : throw new IOException(ProblemText.Failure($"{method} /{path}", answer, read).Message);
        }
        catch (HttpRequestException e)
        {
            throw new IOException($"{_http.BaseAddress!.AbsoluteUri.TrimEnd('/')} cannot be reached: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"{method} /{path} was not answered within {_http.Timeout.TotalSeconds:0} seconds.", e);
        }
    }
}
