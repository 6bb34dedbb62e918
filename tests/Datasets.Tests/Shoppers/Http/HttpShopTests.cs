using System.Collections.Concurrent;
using System.Text.Json;
using DinOrleans.Contracts.Users;
using DinOrleans.Datasets.Shoppers;
using DinOrleans.Datasets.Shoppers.Http;
using DinOrleans.TestMachine;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.Datasets.Tests.Shoppers.Http;

public sealed class HttpShopTests : IDisposable
{
    private const string Ranking = """
        { "rankingId": "r1", "model": { "version": "v7", "variant": "champion", "scoresAreProbabilities": true }, "source": "model", "historyLength": 3,
          "items": [ { "itemId": "b", "score": 0.5, "scores": { "click": 0.5 } }, { "itemId": "a", "score": 0.1, "scores": { }, "unknownItem": true } ] }
        """;

    private const string Appended = """{ "accepted": 1, "duplicates": 0, "erased": 0 }""";

    private readonly TimeOfWaits _time = new();
    private readonly ConcurrentQueue<string> _retried = [];
    private readonly List<IDisposable> _owned = [];
    private readonly ShopQuery _query = new("user 1", ["a", "b"], new Dictionary<string, string> { ["device"] = "ios" }, 2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _owned.ForEach(o => o.Dispose());

    [Fact]
    public async Task Rank_Answer_IsReadWithVersionVariantAndUnknownItems()
    {
        (HttpShop shop, LocalServer server) = Start(_ => new(200, Ranking));

        ShownRanking ranking = await shop.RankAsync(_query, Cancellation);

        Assert.Equal(["b", "a"], ranking.Items);
        Assert.Equal(("r1", "model", "v7", "champion", 1), (ranking.RankingId, ranking.Source, ranking.Version, ranking.Variant, ranking.UnknownItems));
        LocalRequest request = Assert.Single(server.Requests);
        Assert.Equal(("POST /v1/rank", "application/json"), (request.Line, request.ContentType));
        Assert.Equal("""{"userId":"user 1","candidates":[{"itemId":"a"},{"itemId":"b"}],"context":{"device":"ios"},"limit":2,"explain":false,"background":false}""", request.Body);
    }

    [Fact]
    public async Task Rank_AnswerByPopularity_HasNeitherVersionNorVariant()
    {
        (HttpShop shop, _) = Start(_ => new(200, """{ "rankingId": "r", "source": "popularity", "items": [] }"""));

        ShownRanking ranking = await shop.RankAsync(_query, Cancellation);

        Assert.Equal(("popularity", null, null), (ranking.Source, ranking.Version, ranking.Variant));
    }

    [Theory]
    [InlineData(429, "429")]
    [InlineData(503, "503")]
    [InlineData(0, "connection")]
    public async Task Append_ServerThatIsBusyOrLost_IsSentTheSameAgain(int status, string kind)
    {
        (HttpShop shop, LocalServer server) = Start(r => r.Number == 0 ? new(status, "{}", "2") : new(200, Appended));

        await PassWaitsUntilAsync(shop.AppendAsync([Event("e1")], Cancellation));

        Assert.Equal([kind], _retried);
        Assert.Equal(2, server.Requests.Count);
        JsonElement sent = JsonSerializer.Deserialize<JsonElement>(Assert.Single(server.Requests.Select(r => r.Body).Distinct())).GetProperty("events")[0];
        Assert.Equal("e1", sent.GetProperty("eventId").GetString());
        Assert.Equal("2026-06-01T00:00:00+00:00", sent.GetProperty("timestamp").GetString());
        Assert.False(sent.TryGetProperty("rankingId", out _));
    }

    [Fact]
    public async Task Rank_BusyForLongerThanShoppersArePatientWhileOthersAreAnswered_FailsAsThatCall()
    {
        // A ranking is refused for ever; the events that are sent in the meantime are taken.
        (HttpShop shop, LocalServer server) = Start(r => r.Line.EndsWith("/rank", StringComparison.Ordinal) ? new(429, """{ "detail": "The queue is full." }""", "25") : new(200, Appended));
        Task<ShownRanking> ranking = shop.RankAsync(_query, Cancellation);
        await Eventually.BecomesAsync("the ranking is refused", () => _retried.Count, n => n == 1, cancellationToken: Cancellation);
        _time.Advance(TimeSpan.FromSeconds(1));
        await shop.AppendAsync([Event("e1")], Cancellation);
        await PassWaitsUntilAsync(ranking);

        ShopCallException failure = await Assert.ThrowsAsync<ShopCallException>(() => ranking);

        Assert.Equal("429", failure.Kind);
        Assert.Equal("POST /v1/rank: 429 Too Many Requests, The queue is full.", failure.Message);
        Assert.All(_retried, r => Assert.Equal("429", r));
    }

    [Fact]
    public async Task Append_NoAnswerAtAllForLongerThanShoppersArePatient_EndsTheRun()
    {
        (HttpShop shop, LocalServer server) = Start(_ => new(503, "{}", "25"));
        Task append = shop.AppendAsync([Event("e1")], Cancellation);
        await PassWaitsUntilAsync(append);

        IOException failure = await Assert.ThrowsAsync<IOException>(() => append);

        Assert.Equal("The server has not answered for 60 seconds: POST /v1/events: 503 Service Unavailable", failure.Message);
        Assert.All(_retried, r => Assert.Equal("503", r));
    }

    [Theory]
    [InlineData(400, """{ "detail": "The input breaks a rule.", "errors": [ { "field": "events[0].type", "rule": "is not an event type" } ] }""", "400 Bad Request, The input breaks a rule.; events[0].type is not an event type")]
    [InlineData(500, "plain\ntext", "500 Internal Server Error, plain text")]
    [InlineData(404, "", "404 Not Found")]
    public async Task Append_Refused_FailsAtOnceWithWhatTheServerSays(int status, string body, string text)
    {
        (HttpShop shop, LocalServer server) = Start(_ => new(status, body));

        ShopCallException failure = await Assert.ThrowsAsync<ShopCallException>(() => shop.AppendAsync([Event("e1")], Cancellation));

        Assert.Equal(("POST /v1/events: " + text, status.ToString(System.Globalization.CultureInfo.InvariantCulture)), (failure.Message, failure.Kind));
        Assert.Single(server.Requests);
        Assert.Empty(_retried);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{ "items": 3 }""")]
    [InlineData("""{ "rankingId": 7, "source": "model", "items": [ ] }""")]
    [InlineData("""{ "rankingId": "r", "source": "model", "items": [ { "id": "a" } ] }""")]
    public async Task Rank_AnswerThatIsSomethingElse_FailsAsAnAnswer(string body)
    {
        (HttpShop shop, _) = Start(_ => new(200, body));

        ShopCallException failure = await Assert.ThrowsAsync<ShopCallException>(() => shop.RankAsync(_query, Cancellation));

        Assert.Equal("answer", failure.Kind);
        Assert.StartsWith("POST /v1/rank: the answer is not what was expected. ", failure.Message);
    }

    [Fact]
    public async Task Rank_NoAnswerInTime_IsATimeoutThatIsSentAgain()
    {
        // The first request is never answered.
        (HttpShop shop, LocalServer server) = Start(r => r.Number == 0 ? new TaskCompletionSource<LocalAnswer>().Task : Task.FromResult(new LocalAnswer(200, Ranking)));
        Task<ShownRanking> ranking = shop.RankAsync(_query, Cancellation);
        await Eventually.BecomesAsync("the request is sent", () => server.Requests.Count, n => n == 1, cancellationToken: Cancellation);
        _time.Advance(new HttpShopOptions().Timeout);
        await PassWaitsUntilAsync(ranking);

        Assert.Equal("r1", (await ranking).RankingId);
        Assert.Contains("timeout", _retried);
    }

    [Fact]
    public async Task ReadEvents_OfPages_AreAllThatComeBeforeTheRankings()
    {
        (HttpShop shop, LocalServer server) = Start(r => new(200, r.Number switch
        {
            0 => """{ "userId": "user 1", "features": {}, "behaviours": [ { "eventId": "e1", "userId": "user 1", "itemId": "a", "type": "click", "timestamp": "2026-01-01T00:00:00Z", "context": {} } ], "rankings": [], "next": "b+1" }""",
            _ => """{ "userId": "user 1", "features": {}, "behaviours": [ { "eventId": "e2", "userId": "user 1", "itemId": "b", "type": "click", "timestamp": "2026-01-02T00:00:00Z", "context": {} } ], "rankings": [ { "rankingId": "r", "userId": "user 1", "timestamp": "2026-01-02T00:00:00Z", "items": [] } ], "next": "r1" }""",
        }));

        IReadOnlyList<BehaviourEvent>? events = await shop.ReadEventsAsync("user 1", Cancellation);

        Assert.Equal(["e1", "e2"], events!.Select(e => e.EventId));
        Assert.Equal(["GET /v1/users/user%201?limit=1000", "GET /v1/users/user%201?limit=1000&after=b%2B1"], server.Requests.Select(r => r.Line));
    }

    [Fact]
    public async Task Check_NothingThere_SaysWhere()
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Take(1)[0]}");
        using var shop = new HttpShop(address, new(), _time, _retried.Enqueue);

        IOException failure = await Assert.ThrowsAsync<IOException>(() => shop.CheckAsync(Cancellation));

        Assert.StartsWith($"{address.AbsoluteUri.TrimEnd('/')} cannot be reached: ", failure.Message);
    }

    [Fact]
    public async Task Check_AnotherServer_SaysSo()
    {
        (HttpShop shop, LocalServer server) = Start(_ => new(404));

        IOException failure = await Assert.ThrowsAsync<IOException>(() => shop.CheckAsync(Cancellation));

        Assert.Equal($"{server.Address.AbsoluteUri.TrimEnd('/')} answers GET /health/live with 404, so it is not a gateway of DinOrleans.", failure.Message);
    }

    private (HttpShop Shop, LocalServer Server) Start(Func<LocalRequest, LocalAnswer> answer) => Start(request => Task.FromResult(answer(request)));

    private (HttpShop Shop, LocalServer Server) Start(Func<LocalRequest, Task<LocalAnswer>> answer)
    {
        var server = new LocalServer(answer);
        var shop = new HttpShop(server.Address, new(), _time, _retried.Enqueue);
        _owned.AddRange([shop, server]);
        return (shop, server);
    }

    /// <summary>Lets each wait of the shop pass before a call is sent again. Time stands still while a request or its answer is on its way.</summary>
    private Task<bool> PassWaitsUntilAsync(Task call) => Eventually.BecomesAsync(
        "the call ends",
        () =>
        {
            if (_time.Waits.TryDequeue(out TimeSpan wait))
            {
                _time.Advance(wait);
            }

            return call.IsCompleted;
        },
        ended => ended,
        cancellationToken: Cancellation);

    private static BehaviourEvent Event(string id) => new()
    {
        EventId = id,
        UserId = "user 1",
        ItemId = "a",
        Type = "click",
        Timestamp = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero),
    };

    /// <summary>A clock that knows what is waited for. The time limit of an answer is no wait.</summary>
    private sealed class TimeOfWaits : FakeTimeProvider
    {
        public ConcurrentQueue<TimeSpan> Waits { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            ITimer timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime > TimeSpan.Zero && dueTime != new HttpShopOptions().Timeout)
            {
                Waits.Enqueue(dueTime);
            }

            return timer;
        }
    }
}
