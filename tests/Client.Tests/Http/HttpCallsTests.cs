using System.Net;
using DinOrleans.TestMachine;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.Client.Tests.Http;

public sealed class HttpCallsTests
{
    private const string Ranked = """{ "rankingId": "r", "source": "popularity", "historyLength": 0, "items": [ { "itemId": "a", "score": 0.5, "scores": {} } ] }""";
    private const string Started = """{ "id": "t", "trigger": "hand", "state": "waiting", "requestedAt": "2026-05-01T00:00:00Z", "attempt": 0, "failures": 0, "curve": [], "gates": [] }""";

    private static readonly RankRequest Request = RankRequest.Create("u", ["a"]);

    private readonly FakeTimeProvider _time = new() { AutoAdvanceAmount = TimeSpan.Zero };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RankAsync_ServerBusy_IsSentAgainAfterTheTimeThatItNames()
    {
        using var server = new ScriptedServer(ScriptedServer.Busy(TimeSpan.FromSeconds(4)), ScriptedServer.Json(Ranked));
        Task<Ranking> ranking = Client(server).RankAsync(Request, Cancellation);
        await Eventually.BecomesAsync("the request is sent", () => server.Requests.Count, n => n == 1, cancellationToken: Cancellation);

        _time.Advance(TimeSpan.FromSeconds(3.9));
        Assert.Single(server.Requests);
        await PassTimeUntilAsync(ranking);

        Assert.Equal("a", Assert.Single((await ranking).Items).ItemId);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task RankAsync_DeadlineBeforeTheServerWantsIt_FailsAtOnce()
    {
        using var server = new ScriptedServer(ScriptedServer.Busy(TimeSpan.FromSeconds(4)));

        DinOrleansException refusal = await Assert.ThrowsAsync<DinOrleansException>(
            () => Client(server).RankAsync(Request with { Deadline = TimeSpan.FromSeconds(2) }, Cancellation));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refusal.Status);
        Assert.Equal("2000", Assert.Single(server.Requests).Deadline);
    }

    [Fact]
    public async Task RankAsync_LostConnection_IsSentAgain()
    {
        using var server = new ScriptedServer(ScriptedServer.Lost(), ScriptedServer.Json(Ranked));
        Task<Ranking> ranking = Client(server).RankAsync(Request, Cancellation);

        await PassTimeUntilAsync(ranking);

        Assert.Equal("r", (await ranking).RankingId);
    }

    [Fact]
    public async Task RankAsync_ServerAwayForGood_FailsWhenPatienceEnds()
    {
        using var server = new ScriptedServer(ScriptedServer.Lost());
        Task<Ranking> ranking = Client(server).RankAsync(Request, Cancellation);

        await PassTimeUntilAsync(ranking);

        DinOrleansException failure = await Assert.ThrowsAsync<DinOrleansException>(() => ranking);
        Assert.Equal("POST /v1/rank: The connection was lost.", failure.Message);
        Assert.Null(failure.Status);
        Assert.InRange(server.Requests.Count, 2, 121);
    }

    [Fact]
    public async Task StartAsync_LostConnection_IsNotSentAgain()
    {
        using var server = new ScriptedServer(ScriptedServer.Lost(), ScriptedServer.Json(Started));

        await Assert.ThrowsAsync<DinOrleansException>(() => Client(server).Trainings.StartAsync(new(), Cancellation));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task StartAsync_ServerBusy_IsSentAgainBecauseNothingWasApplied()
    {
        using var server = new ScriptedServer(ScriptedServer.Busy(TimeSpan.FromSeconds(1)), ScriptedServer.Json(Started, HttpStatusCode.Accepted));
        Task<TrainingRun> training = Client(server).Trainings.StartAsync(new(), Cancellation);

        await PassTimeUntilAsync(training);

        Assert.Equal("t", (await training).Id);
    }

    [Fact]
    public async Task PutItemsAsync_BrokenRule_ThrowsWithTheFieldAndTheRule()
    {
        const string problem = """{ "title": "Bad Request", "detail": "The request breaks rules.", "errors": [ { "field": "items[0].itemId", "rule": "must have 1 to 200 characters" } ] }""";
        using var server = new ScriptedServer(ScriptedServer.Json(problem, HttpStatusCode.BadRequest));

        DinOrleansException refusal = await Assert.ThrowsAsync<DinOrleansException>(
            () => Client(server).PutItemsAsync([new("", new Dictionary<string, string>())], Cancellation));

        Assert.Equal(new BrokenRule("items[0].itemId", "must have 1 to 200 characters"), Assert.Single(refusal.Errors));
        Assert.Equal("PUT /v1/items: 400 Bad Request, The request breaks rules.; items[0].itemId must have 1 to 200 characters", refusal.Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task EraseUserAsync_UserWithASlash_IsOneSegmentOfThePath()
    {
        using var server = new ScriptedServer(ScriptedServer.Json("{}"));

        await Client(server).EraseUserAsync("a/b c", Cancellation);

        Assert.Equal("/shop/v1/users/a%2Fb%20c", Assert.Single(server.Requests).Path);
    }

    [Fact]
    public async Task RankAsync_AnswerOfAProxy_ThrowsWithWhatItSaid()
    {
        using var server = new ScriptedServer(ScriptedServer.Json("<html>sign in</html>"));

        DinOrleansException failure = await Assert.ThrowsAsync<DinOrleansException>(() => Client(server).RankAsync(Request, Cancellation));

        Assert.StartsWith("POST /v1/rank: the answer is not what was expected.", failure.Message, StringComparison.Ordinal);
    }

    private DinOrleansClient Client(ScriptedServer server) => new(
        new HttpClient(server, disposeHandler: false), Options.Create(new DinOrleansClientOptions { Address = new Uri("http://localhost/shop") }), _time);

    /// <summary>Lets the time of the client pass until a call has ended.</summary>
    private Task<bool> PassTimeUntilAsync(Task call) => Eventually.BecomesAsync(
        "the call ends",
        () =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(200));
            return call.IsCompleted;
        },
        ended => ended,
        cancellationToken: Cancellation);
}
