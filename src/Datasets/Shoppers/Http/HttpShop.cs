using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Datasets.Shoppers.Http;

/// <summary>A running server as shoppers see it, through its REST API.</summary>
public sealed class HttpShop : IShop, IDisposable
{
    private const int MaxAnswerBytes = 64 * 1024 * 1024;

    private readonly HttpClient _http;
    private readonly HttpCalls _calls;

    /// <param name="address">The address of the server, for example http://localhost:5000. A path in it is kept.</param>
    /// <param name="options">The timeouts and retries of calls.</param>
    /// <param name="time">The time that waits between two sendings take.</param>
    /// <param name="retried">Is told of each call that is sent again, and what was answered before, such as "429".</param>
    /// <param name="key">The API key or token that shoppers send, with the scopes rank, events and users.read; null for none.</param>
    public HttpShop(Uri address, HttpShopOptions options, TimeProvider time, Action<string> retried, string? key = null)
    {
        _http = new HttpClient
        {
            BaseAddress = new Uri(address.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MaxAnswerBytes,
        };
        _http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        _calls = new HttpCalls(_http, options, time, retried);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>Looks whether the server is there.</summary>
    /// <exception cref="IOException">It cannot be reached, or something else answers there. The message is one sentence.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        string address = _http.BaseAddress!.AbsoluteUri.TrimEnd('/');
        try
        {
            using HttpResponseMessage answer = await _http.GetAsync(new Uri("health/live", UriKind.Relative), cancellationToken).ConfigureAwait(false);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                throw new IOException($"{address} answers GET /health/live with {(int)answer.StatusCode}, so it is not a gateway of DinOrleans.");
            }
        }
        catch (HttpRequestException e)
        {
            throw new IOException($"{address} cannot be reached: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BehaviourEvent>?> ReadEventsAsync(string userId, CancellationToken cancellationToken)
    {
        string user = $"v1/users/{Uri.EscapeDataString(userId)}?limit={InputLimits.PageRows.ToString(CultureInfo.InvariantCulture)}";
        List<BehaviourEvent> events = [];
        string? after = null;
        do
        {
            string page = after is null ? user : $"{user}&after={Uri.EscapeDataString(after)}";
            after = await _calls.GetAsync(page, json => UserJson.Read(json, events), cancellationToken).ConfigureAwait(false);
        }
        while (after is not null);
        return events;
    }

    /// <inheritdoc/>
    public Task<ShownRanking> RankAsync(ShopQuery query, CancellationToken cancellationToken) =>
        _calls.PostAsync("v1/rank", RankJson.Request(query), RankJson.Read, cancellationToken);

    /// <inheritdoc/>
    public async Task AppendAsync(IReadOnlyList<BehaviourEvent> events, CancellationToken cancellationToken)
    {
        foreach (BehaviourEvent[] part in events.Chunk(InputLimits.Events))
        {
            await _calls.PostAsync("v1/events", EventsJson.Request(part), json => json.ValueKind == JsonValueKind.Object, cancellationToken).ConfigureAwait(false);
        }
    }
}
