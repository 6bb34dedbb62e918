using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;

namespace DinOrleans.Client;

/// <summary>
/// Sends a call until it is answered: again after 429 and 503, which say that nothing was applied, and after a lost connection or a late answer where
/// the call may be applied twice without harm.
/// </summary>
internal sealed class HttpCalls(HttpClient http, IOptions<DinOrleansClientOptions> options, TimeProvider time)
{
    private const string DeadlineHeader = "X-Deadline-Ms";
    private const string ArmHeader = "X-Experiment-Override";
    private const double Jitter = 0.2;

    private readonly DinOrleansClientOptions _options = options.Value;

    /// <summary>Sends a call and reads the JSON of its answer.</summary>
    /// <exception cref="DinOrleansException">The call was refused, was not answered in time, or with something else than was expected.</exception>
    public async Task<T> SendAsync<T>(HttpCall call, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        byte[] body = await SendAsync(call, cancellationToken).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException("It is null.");
        }
        catch (JsonException e)
        {
            throw new DinOrleansException($"{call}: the answer is not what was expected. {e.Message}", HttpStatusCode.OK, cause: e) { Failure = CallFailure.UnexpectedAnswer };
        }
    }

    /// <inheritdoc cref="SendAsync{T}"/>
    /// <returns>Null where the server answers 404.</returns>
    public async Task<T?> FindAsync<T>(HttpCall call, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await SendAsync(call, type, cancellationToken).ConfigureAwait(false);
        }
        catch (DinOrleansException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <inheritdoc cref="SendAsync{T}"/>
    /// <returns>The body of the answer.</returns>
    public async Task<byte[]> SendAsync(HttpCall call, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        TimeSpan patience = call.Deadline is { } deadline && deadline < _options.Patience ? deadline : _options.Patience;
        while (true)
        {
            Attempt attempt = await TryAsync(call, Left(call, start), cancellationToken).ConfigureAwait(false);
            if (attempt.Failure is null)
            {
                return attempt.Body;
            }

            // A little more than was asked for, and not the same for all, so that callers do not come back together.
            TimeSpan? wait = attempt.Wait * (1 + (Random.Shared.NextDouble() * Jitter));
            if (wait is null || call.IsSentOnce || time.GetElapsedTime(start) + wait > patience)
            {
                throw attempt.Failure;
            }

            _options.OnRetry?.Invoke(attempt.Failure);
            await Task.Delay(wait.Value, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static TimeSpan? Longest(HttpCall call, TimeSpan timeout, TimeSpan? left) =>
        left is { } useful && (call.IsLong || useful < timeout) ? useful : call.IsLong ? null : timeout;

    private TimeSpan? Left(HttpCall call, long start) => call.Deadline - time.GetElapsedTime(start);

    private async Task<Attempt> TryAsync(HttpCall call, TimeSpan? left, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(call, left);
        TimeSpan timeout = Longest(call, _options.Timeout, left) ?? Timeout.InfiniteTimeSpan;
        using var late = new CancellationTokenSource(timeout > TimeSpan.Zero || timeout == Timeout.InfiniteTimeSpan ? timeout : TimeSpan.FromMilliseconds(1), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            using HttpResponseMessage answer = await http.SendAsync(request, either.Token).ConfigureAwait(false);
            byte[] body = await answer.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
            return answer.IsSuccessStatusCode ? new(body, null, null) : new([], Problems.Read(call, answer, body), Wait(answer));
        }
        catch (OperationCanceledException e) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            string text = string.Create(CultureInfo.InvariantCulture, $"{call} was not answered within {timeout.TotalSeconds:0.###} seconds.");
            return new([], new(text, cause: e) { Failure = CallFailure.TimedOut }, call.IsIdempotent ? _options.RetryAfter : null);
        }
        catch (HttpRequestException e) when (IsUnreachable(e.HttpRequestError))
        {
            string text = $"{http.BaseAddress!.AbsoluteUri.TrimEnd('/')} cannot be reached: {e.Message}";
            return new([], new(text, cause: e) { Failure = CallFailure.ConnectionLost }, _options.RetryAfter);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new([], new($"{call}: {e.Message}", cause: e) { Failure = CallFailure.ConnectionLost }, call.IsIdempotent ? _options.RetryAfter : null);
        }
    }

    /// <summary>True for errors before anything of a request was sent.</summary>
    private static bool IsUnreachable(HttpRequestError error) => error is HttpRequestError.NameResolutionError
        or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    private HttpRequestMessage Request(HttpCall call, TimeSpan? left)
    {
        var request = new HttpRequestMessage(call.Method, new Uri(call.Path, UriKind.Relative)) { Content = call.Body?.Invoke() };
        request.Headers.Authorization = _options.Key is { } key && !call.IsOpen ? new("Bearer", key) : null;
        if (left is { } useful)
        {
            request.Headers.Add(DeadlineHeader, Math.Max(1, (long)useful.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
        }

        if (call.Arm is { } arm)
        {
            request.Headers.Add(ArmHeader, $"{arm.Experiment}={arm.Arm}");
        }

        return request;
    }

    /// <summary>How long to wait before the call is sent again; null where that would not help.</summary>
    private TimeSpan? Wait(HttpResponseMessage answer)
    {
        if (answer.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
        {
            return null;
        }

        RetryConditionHeaderValue? after = answer.Headers.RetryAfter;
        TimeSpan wait = after?.Delta ?? (after?.Date - time.GetUtcNow()) ?? _options.RetryAfter;
        return wait > TimeSpan.Zero ? wait : _options.RetryAfter;
    }

    /// <param name="Body">The answer.</param>
    /// <param name="Failure">Why there is no answer; null where there is one.</param>
    /// <param name="Wait">How long to wait before the call is sent again; null where that would not help.</param>
    private sealed record Attempt(byte[] Body, DinOrleansException? Failure, TimeSpan? Wait);
}
