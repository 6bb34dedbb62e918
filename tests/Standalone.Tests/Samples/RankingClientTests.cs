using System.Net;
using System.Net.Http.Headers;
using System.Text;
using DinOrleans.RankOverRest;

namespace DinOrleans.Standalone.Tests.Samples;

/// <summary>How the client of the REST sample takes answers that a test cannot make a server give at will.</summary>
public sealed class RankingClientTests
{
    private const string Ranked = """{"rankingId":"r1","source":"popularity","historyLength":0,"items":[{"itemId":"a","score":1,"scores":{}}]}""";
    private const string Busy = """{"type":"about:blank","title":"Too Many Requests","status":429,"detail":"The queue is full.","errors":[]}""";

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task RankAsync_RefusedForNow_TriesAgainWhenTheAnswerSaysSo(HttpStatusCode status)
    {
        using var server = new ScriptedServer((status, Busy), (status, Busy), (HttpStatusCode.OK, Ranked));
        RankResponse ranking = await RankAsync(server);
        Assert.Equal("r1", ranking.RankingId);
        Assert.Equal(["2000", "2000", "2000"], server.Deadlines);
    }

    [Fact]
    public async Task RankAsync_RefusedEveryTime_GivesUpWithTheProblem()
    {
        using var server = new ScriptedServer([.. Enumerable.Repeat((HttpStatusCode.TooManyRequests, Busy), 5)]);
        ProblemException e = await Assert.ThrowsAsync<ProblemException>(() => RankAsync(server));
        Assert.Equal("429 Too Many Requests: The queue is full.", e.Message);
        Assert.Equal(5, server.Deadlines.Count);
    }

    [Fact]
    public async Task RankAsync_RefusedForGood_IsNotTriedAgain()
    {
        using var server = new ScriptedServer(
            (HttpStatusCode.BadRequest, """{"title":"Bad Request","status":400,"detail":"The input breaks rules.","errors":[{"field":"userId","rule":"must be 1 to 200 characters"}]}"""));
        ProblemException e = await Assert.ThrowsAsync<ProblemException>(() => RankAsync(server));
        Assert.Equal(new BrokenRule("userId", "must be 1 to 200 characters"), Assert.Single(e.Problem.Errors));
        Assert.Contains("userId must be 1 to 200 characters.", e.Message, StringComparison.Ordinal);
    }

    private static async Task<RankResponse> RankAsync(ScriptedServer server)
    {
        using var http = new HttpClient(server, disposeHandler: false) { BaseAddress = new Uri("http://localhost") };
        return await new RankingClient(http).RankAsync(new("u", [new("a")]), TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
    }

    /// <summary>Gives one answer after the other, each with no time to wait before the next.</summary>
    private sealed class ScriptedServer(params (HttpStatusCode Status, string Body)[] answers) : HttpMessageHandler
    {
        /// <summary>The deadline that each request named.</summary>
        public List<string> Deadlines { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            (HttpStatusCode status, string body) = answers[Deadlines.Count];
            Deadlines.Add(Assert.Single(request.Headers.GetValues("X-Deadline-Ms")));
            return Task.FromResult(new HttpResponseMessage(status)
            {
                RequestMessage = request,
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
                Headers = { RetryAfter = new RetryConditionHeaderValue(TimeSpan.Zero) },
            });
        }
    }
}
