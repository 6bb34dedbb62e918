using System.Globalization;
using DinOrleans.Client;
using DinOrleans.Contracts;
using Microsoft.Extensions.Options;
using BehaviourEvent = DinOrleans.Contracts.Users.BehaviourEvent;

namespace DinOrleans.Datasets.Shoppers.Http;

/// <summary>A running server as shoppers see it, through its REST API.</summary>
public sealed class HttpShop : IShop, IDisposable
{
    private readonly HttpClient _http = new();
    private readonly Uri _address;
    private readonly HttpShopOptions _options;
    private readonly TimeProvider _time;
    private readonly string? _key;
    private readonly DinOrleansClient _client;
    private long _answered;

    /// <param name="address">The address of the server, for example http://localhost:5000. A path in it is kept.</param>
    /// <param name="options">The timeouts and retries of calls.</param>
    /// <param name="time">The time that waits between two sendings take.</param>
    /// <param name="retried">Is told of each call that is sent again, and what was answered before, such as "429".</param>
    /// <param name="key">The API key or token that shoppers send, with the scopes rank, events and users.read; null for none.</param>
    public HttpShop(Uri address, HttpShopOptions options, TimeProvider time, Action<string> retried, string? key = null)
    {
        (_address, _options, _time, _key) = (address, options, time, key);
        _answered = time.GetTimestamp();
        _client = Connect(_http, options.Patience, e => retried(Kind(e)));
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>Looks whether the server is there.</summary>
    /// <exception cref="IOException">It cannot be reached, or something else answers there. The message is one sentence.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        try
        {
            await Connect(http, TimeSpan.Zero, onRetry: null).Server.GetLiveAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DinOrleansException e) when (e.Failure is CallFailure.Refused or CallFailure.UnexpectedAnswer)
        {
            string answer = e.Failure == CallFailure.Refused ? ((int)e.Status!).ToString(CultureInfo.InvariantCulture) : "something else";
            throw new IOException($"{_address.AbsoluteUri.TrimEnd('/')} answers GET /health/live with {answer}, so it is not a gateway of DinOrleans.", e);
        }
        catch (DinOrleansException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BehaviourEvent>?> ReadEventsAsync(string userId, CancellationToken cancellationToken) => await CallAsync(async () =>
    {
        List<BehaviourEvent> events = [];
        await foreach (UserPage page in _client.Users.ReadAsync(userId, InputLimits.PageRows, cancellationToken).ConfigureAwait(false))
        {
            events.AddRange(page.Behaviours.Select(ShopEvents.Read));

            // A user's rankings come after all of their events.
            if (page.Rankings.Count > 0)
            {
                break;
            }
        }

        return events;
    }).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<ShownRanking> RankAsync(ShopQuery query, CancellationToken cancellationToken)
    {
        RankRequest request = RankRequest.Create(query.UserId, query.Candidates) with { Context = query.Context, Limit = query.Limit };
        Ranking ranking = await CallAsync(() => _client.RankAsync(request, cancellationToken)).ConfigureAwait(false);
        return new(ranking.RankingId, [.. ranking.Items.Select(i => i.ItemId)], ranking.Source)
        {
            Version = ranking.Model?.Version,
            Variant = ranking.Model?.Variant,
            UnknownItems = ranking.Items.Count(i => i.UnknownItem),
        };
    }

    /// <inheritdoc/>
    public Task AppendAsync(IReadOnlyList<BehaviourEvent> events, CancellationToken cancellationToken) =>
        CallAsync(() => _client.AppendEventsAsync([.. events.Select(ShopEvents.Write)], cancellationToken));

    private static string Kind(DinOrleansException failure) => failure.Failure switch
    {
        CallFailure.Refused => ((int)failure.Status!).ToString(CultureInfo.InvariantCulture),
        CallFailure.TimedOut => "timeout",
        CallFailure.ConnectionLost => "connection",
        _ => "answer",
    };

    private DinOrleansClient Connect(HttpClient http, TimeSpan patience, Action<DinOrleansException>? onRetry) => new(
        http,
        Options.Create(new DinOrleansClientOptions
        {
            Address = _address,
            Key = _key,
            Timeout = _options.Timeout,
            Patience = patience,
            RetryAfter = _options.RetryAfter,
            OnRetry = onRetry,
        }),
        _time);

    /// <exception cref="ShopCallException">The call was refused, was not answered in time, or not with what was expected.</exception>
    /// <exception cref="IOException">No request at all was answered for as long as shoppers are patient.</exception>
    private async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        long start = _time.GetTimestamp();
        try
        {
            T answer = await call().ConfigureAwait(false);
            Volatile.Write(ref _answered, _time.GetTimestamp());
            return answer;
        }
        catch (DinOrleansException e) when (IsAway(e) && Volatile.Read(ref _answered) <= start)
        {
            throw new IOException($"The server has not answered for {_options.Patience.TotalSeconds:0} seconds: {e.Message}", e);
        }
        catch (DinOrleansException e)
        {
            if (!IsAway(e))
            {
                Volatile.Write(ref _answered, _time.GetTimestamp());
            }

            throw new ShopCallException(Kind(e), e.Message, e);
        }
    }

    /// <summary>True for failures after which a call is sent again for as long as shoppers are patient.</summary>
    private static bool IsAway(DinOrleansException failure) =>
        failure.Failure is CallFailure.TimedOut or CallFailure.ConnectionLost
        || failure.Status is System.Net.HttpStatusCode.TooManyRequests or System.Net.HttpStatusCode.ServiceUnavailable;
}
