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
    private readonly List<DinOrleansException> _retried = [];

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
    public async Task PutAsync_BrokenRule_ThrowsWithTheFieldAndTheRule()
    {
        const string problem = """{ "title": "Bad Request", "detail": "The request breaks rules.", "errors": [ { "field": "items[0].itemId", "rule": "must have 1 to 200 characters" } ] }""";
        using var server = new ScriptedServer(ScriptedServer.Json(problem, HttpStatusCode.BadRequest));

        DinOrleansException refusal = await Assert.ThrowsAsync<DinOrleansException>(
            () => Client(server).Items.PutAsync([new("", new Dictionary<string, string>())], Cancellation));

        Assert.Equal(new BrokenRule("items[0].itemId", "must have 1 to 200 characters"), Assert.Single(refusal.Errors));
        Assert.Equal("PUT /v1/items: 400 Bad Request, The request breaks rules.; items[0].itemId must have 1 to 200 characters", refusal.Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task EraseAsync_UserWithASlash_IsOneSegmentOfThePath()
    {
        using var server = new ScriptedServer(ScriptedServer.Json("{}"));

        await Client(server).Users.EraseAsync("a/b c", Cancellation);

        Assert.Equal("/shop/v1/users/a%2Fb%20c", Assert.Single(server.Requests).Path);
    }

    [Fact]
    public async Task RankAsync_AnswerOfAProxy_ThrowsWithWhatItSaid()
    {
        using var server = new ScriptedServer(ScriptedServer.Json("<html>sign in</html>"));

        DinOrleansException failure = await Assert.ThrowsAsync<DinOrleansException>(() => Client(server).RankAsync(Request, Cancellation));

        Assert.StartsWith("POST /v1/rank: the answer is not what was expected.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetAsync_ItemThatIsNotThere_IsNull()
    {
        using var server = new ScriptedServer(ScriptedServer.Json("""{ "title": "Not Found" }""", HttpStatusCode.NotFound));

        Assert.Null(await Client(server).Items.GetAsync("i", Cancellation));
    }

    [Fact]
    public async Task FindAsync_Search_SendsWhatIsGivenAndEscapesIt()
    {
        using var server = new ScriptedServer(ScriptedServer.Json("""{ "items": [] }"""), ScriptedServer.Json("""{ "users": [] }"""));

        await Client(server).Items.FindAsync(new() { Prefix = "a&b", Feature = new("category", "c 7"), Limit = 5 }, Cancellation);
        await Client(server).Users.FindAsync(new() { After = "u+1" }, Cancellation);

        Assert.Equal(["?prefix=a%26b&feature=category&value=c%207&limit=5", "?limit=20&after=u%2B1"], server.Requests.Select(r => r.Query));
    }

    [Fact]
    public async Task PutLinesAsync_ServerBusy_IsNotSentAgainBecauseTheItemsAreReadOnce()
    {
        using var server = new ScriptedServer(ScriptedServer.Busy(TimeSpan.FromSeconds(1)));

        await Assert.ThrowsAsync<DinOrleansException>(() => Client(server).Items.PutLinesAsync(Lines(), Cancellation));

        Assert.Equal("""
            {"itemId":"a","features":{"category":"c"},"available":true}
            {"itemId":"b","features":{},"available":false}

            """.ReplaceLineEndings("\n"), Assert.Single(server.Requests).Body);
    }

    [Fact]
    public async Task PutLinesAsync_LinesThatBreakRules_ThrowsWithWhatWasWrittenAllTheSame()
    {
        const string problem = """{ "title": "Bad Request", "errors": [ { "field": "line 2: itemId", "rule": "must have 1 to 200 characters" } ], "accepted": 1000, "refused": 7 }""";
        using var server = new ScriptedServer(ScriptedServer.Json(problem, HttpStatusCode.BadRequest));

        DinOrleansException refusal = await Assert.ThrowsAsync<DinOrleansException>(() => Client(server).Items.PutLinesAsync(Lines(), Cancellation));

        Assert.Equal((1_000, "line 2: itemId", CallFailure.Refused), (refusal.Accepted, Assert.Single(refusal.Errors).Field, refusal.Failure));
    }

    [Fact]
    public async Task StartAsync_ServerThatCannotBeReached_IsSentAgainBecauseNothingWasSent()
    {
        using var server = new ScriptedServer(
            () => throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused"), ScriptedServer.Json(Started, HttpStatusCode.Accepted));
        Task<TrainingRun> training = Client(server).Trainings.StartAsync(new(), Cancellation);

        await PassTimeUntilAsync(training);

        Assert.Equal("t", (await training).Id);
        DinOrleansException told = Assert.Single(_retried);
        Assert.Equal((CallFailure.ConnectionLost, "http://localhost/shop cannot be reached: Connection refused"), (told.Failure, told.Message));
    }

    [Fact]
    public async Task RankAsync_ArmOfAnExperiment_IsNamedInTheHeader()
    {
        using var server = new ScriptedServer(ScriptedServer.Json(Ranked));

        await Client(server).RankAsync(Request with { Override = new("heat", "warm") }, Cancellation);

        Assert.Equal("heat=warm", Assert.Single(server.Requests).Arm);
    }

    private static async IAsyncEnumerable<CatalogueItem> Lines()
    {
        yield return new("a", new Dictionary<string, string> { ["category"] = "c" });
        await Task.Yield();
        yield return new("b", new Dictionary<string, string>()) { Available = false };
    }

    private DinOrleansClient Client(ScriptedServer server) => new(
        new HttpClient(server, disposeHandler: false), Options.Create(new DinOrleansClientOptions { Address = new Uri("http://localhost/shop"), OnRetry = _retried.Add }), _time);

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
