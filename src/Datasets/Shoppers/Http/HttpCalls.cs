using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace DinOrleans.Datasets.Shoppers.Http;

/// <summary>
/// Sends a request until it is answered: again after 429 and 503, when the server wants it, and after a lost connection or a late answer. Sending again is safe,
/// since an event id is applied once and a ranking that nobody sees changes nothing.
/// </summary>
/// <param name="http">The server.</param>
/// <param name="options">The timeouts and retries of the calls.</param>
/// <param name="time">The time that waits take.</param>
/// <param name="retried">Is told what was answered before a request is sent again.</param>
internal sealed class HttpCalls(HttpClient http, HttpShopOptions options, TimeProvider time, Action<string> retried)
{
    /// <summary>A server that wants no wait at all is asked again after this one.</summary>
    private static readonly TimeSpan LeastWait = TimeSpan.FromMilliseconds(50);

    private long _answered = time.GetTimestamp();

    public Task<T> GetAsync<T>(string path, Func<JsonElement, T> read, CancellationToken cancellationToken) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative)), read, cancellationToken);

    public Task<T> PostAsync<T>(string path, byte[] body, Func<JsonElement, T> read, CancellationToken cancellationToken) => SendAsync(
        () =>
        {
            var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            return new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = content };
        },
        read,
        cancellationToken);

    /// <exception cref="ShopCallException">It was refused, was not answered in time, or not with what was expected.</exception>
    /// <exception cref="IOException">No request at all was answered for as long as the caller is patient.</exception>
    private async Task<T> SendAsync<T>(Func<HttpRequestMessage> make, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        while (true)
        {
            Attempt attempt = await TryAsync(make, cancellationToken).ConfigureAwait(false);
            if (attempt.Wait is not { } wait)
            {
                Volatile.Write(ref _answered, time.GetTimestamp());
                return attempt.Failure is null ? Read(attempt.Body, read) : throw attempt.Failure;
            }

            if (time.GetElapsedTime(start) + wait > options.Patience)
            {
                throw IsGone(wait) ? new IOException($"The server has not answered for {options.Patience.TotalSeconds:0} seconds: {attempt.Failure!.Message}", attempt.Failure) : attempt.Failure!;
            }

            retried(attempt.Failure!.Kind);
            await Task.Delay(wait > LeastWait ? wait : LeastWait, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool IsGone(TimeSpan wait) => time.GetElapsedTime(Volatile.Read(ref _answered)) + wait > options.Patience;

    private async Task<Attempt> TryAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = make();
        string call = $"{request.Method} /{request.RequestUri}";
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(options.Timeout);
        try
        {
            using HttpResponseMessage answer = await http.SendAsync(request, late.Token).ConfigureAwait(false);
            byte[] body = await answer.Content.ReadAsByteArrayAsync(late.Token).ConfigureAwait(false);
            return answer.IsSuccessStatusCode ? new(body, null, null) : new([], ProblemText.Failure(call, answer, body), Wait(answer));
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            string text = $"{call} was not answered within {options.Timeout.TotalSeconds:0.###} seconds.";
            return new([], new ShopCallException("timeout", text, e), TimeSpan.Zero);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new([], new ShopCallException("connection", $"{call}: {e.Message}", e), options.RetryAfter);
        }
    }

    /// <summary>How long to wait before the request is sent again; null where that would not help.</summary>
    private TimeSpan? Wait(HttpResponseMessage answer)
    {
        if (answer.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
        {
            return null;
        }

        RetryConditionHeaderValue? after = answer.Headers.RetryAfter;
        return after?.Delta ?? (after?.Date - time.GetUtcNow()) ?? options.RetryAfter;
    }

    private static T Read<T>(byte[] body, Func<JsonElement, T> read)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(body);
            return read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new ShopCallException("answer", $"The answer is not what was expected: {e.Message}", e);
        }
    }

    /// <param name="Body">The answer.</param>
    /// <param name="Failure">The reason why there is no answer. Null if there is one.</param>
    /// <param name="Wait">How long to wait before trying again; null where that would not help.</param>
    private sealed record Attempt(byte[] Body, ShopCallException? Failure, TimeSpan? Wait);
}
