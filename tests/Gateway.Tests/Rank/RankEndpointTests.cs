using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using DinOrleans.Contracts.Users;
using DinOrleans.Gateway.Tests.Hosting;
using DinOrleans.TestMachine;
using Microsoft.AspNetCore.Builder;

namespace DinOrleans.Gateway.Tests.Rank;

[Collection(GatewayCollection.Name)]
public sealed class RankEndpointTests(GatewayFixture gateway)
{
    private const string Candidates = """ "candidates":[{"itemId":"i1"},{"itemId":"i2"}] """;

    public static TheoryData<string, string> Broken => new()
    {
        { $$"""{{{Candidates}}}""", "userId must be 1 to 200 characters" },
        { $$"""{"userId":"",{{Candidates}}}""", "userId must be 1 to 200 characters" },
        { $$"""{"userId":"{{new string('x', 201)}}",{{Candidates}}}""", "userId must be 1 to 200 characters" },
        { $$"""{"userId":"a\u0007b",{{Candidates}}}""", "userId must not hold control characters" },
        { $$"""{"userId":"\ud800",{{Candidates}}}""", "userId must be valid Unicode" },
        { $$"""{"userId":"u","context":{"x\udc00":"a"},{{Candidates}} }""", "context must be valid Unicode" },
        { $$"""{"userId":"u",{{Candidates}},"\udc00":"a"}""", "$ must be valid Unicode" },
        { $$"""{"userId":"\u3000",{{Candidates}}}""", "userId must not be only white space" },
        { $$"""{"userId":"..",{{Candidates}}}""", "userId must not be \".\" or \"..\"" },
        { $$"""{"userId":7,{{Candidates}}}""", "userId must be a string" },
        { """{"userId":"u"}""", "candidates must be 1 to 1,000 items" },
        { """{"userId":"u","candidates":[]}""", "candidates must be 1 to 1,000 items" },
        { $$"""{"userId":"u","candidates":[{{Many(1001)}}]}""", "candidates must be 1 to 1,000 items" },
        { """{"userId":"u","candidates":"i1"}""", "candidates must be a JSON array" },
        { """{"userId":"u","candidates":["i1"]}""", "candidates[0] must be a JSON object" },
        { """{"userId":"u","candidates":[null]}""", "candidates[0] must be a JSON object" },
        { """{"userId":"u","candidates":[{"itemId":"a"},{}]}""", "candidates[1].itemId must be 1 to 200 characters" },
        { """{"userId":"u","candidates":[{"itemId":"a"},{"itemId":"b"},{"itemId":"a"}]}""", "candidates[2].itemId must occur once" },
        { $$"""{"userId":"u","candidates":[{{Many(30)}},{"itemId":"i7"}]}""", "candidates[30].itemId must occur once" },
        { """{"userId":"u","candidates":[{"itemId":"a","score":1}]}""", "candidates[0].score is not a field here" },
        { """{"userId":"u","candidates":[{"itemId":"a","itemId":"b"}]}""", "candidates[0].itemId must occur once" },
        { """{"userId":"u","candidates":[{"itemId":"a"},{"itemId":7}]}""", "candidates[1].itemId must be a string" },
        { """{"userId":"u","candidates":[{"itemId":null}]}""", "candidates[0].itemId must be 1 to 200 characters" },
        { """{"userId":"u","candidates":[{"itemId":"\ud800"}]}""", "candidates[0].itemId must be valid Unicode" },
        { """{"userId":"u","candidates":[{"itemId":"a"},[]]}""", "candidates[1] must be a JSON object" },
        { $$"""{"userId":"u",{{Candidates}},"context":{"os":"ios"} }""", "context.os is not a feature; the known features are device, hour" },
        { $$"""{"userId":"u",{{Candidates}},"context":{"hour":"noon"} }""", "context.hour must be a finite number from -3.4e38 to 3.4e38" },
        { $$"""{"userId":"u",{{Candidates}},"context":{"device":true} }""", "context.device must be a string or a number" },
        { $$"""{"userId":"u",{{Candidates}},"context":{"device":null} }""", "context.device must be a string or a number" },
        { $$"""{"userId":"u",{{Candidates}},"context":{"device":"{{new string('x', 201)}}"} }""", "context.device must be at most 200 characters" },
        { $$"""{"userId":"u",{{Candidates}},"context":{"device":"a","device":"b"} }""", "context.device must occur once" },
        { $$"""{"userId":"u",{{Candidates}},"limit":0}""", "limit must be 1 to 1,000" },
        { $$"""{"userId":"u",{{Candidates}},"limit":1001}""", "limit must be 1 to 1,000" },
        { $$"""{"userId":"u",{{Candidates}},"limit":1.5}""", "limit must be a whole number" },
        { $$"""{"userId":"u",{{Candidates}},"limit":"10"}""", "limit must be a whole number" },
        { $$"""{"userId":"u",{{Candidates}},"explain":"yes"}""", "explain must be true or false" },
        { $$"""{"userId":"u",{{Candidates}},"user":"u"}""", "user is not a field here" },
        { $$"""{"userId":"u",{{Candidates}},"userId":"v"}""", "userId must occur once" },
        { $$"""{"userId":"u",{{Candidates}},"Limit":3}""", "Limit is not a field here" },
        { "[]", "$ must be a JSON object" },
        { "null", "$ must be a JSON object" },
        { "", "$ must be well-formed JSON: error at line 1, byte 1" },
        { """{"userId":"u",}""", "$ must be well-formed JSON: error at line 1, byte 15" },
        { """{"userId":"u" """, "$ must be well-formed JSON: error at line 1, byte 15" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Rank_OneRuleBroken_NamesFieldAndRule(string json, string expected)
    {
        using HttpResponseMessage response = await gateway.PostAsync("/v1/rank", json);
        await ProblemAssert.BreaksAsync(response, expected);
    }

    [Fact]
    public async Task Rank_SeveralRulesBroken_ListsAll()
    {
        string json = """{"userId":"","candidates":[{"itemId":"a"},{"itemId":"a"}],"context":{"os":"x"},"limit":0}""";
        using HttpResponseMessage response = await gateway.SendAsync(HttpMethod.Post, "/v1/rank", json, ("X-Deadline-Ms", "0"));
        await ProblemAssert.BreaksAsync(
            response,
            "userId must be 1 to 200 characters",
            "candidates[1].itemId must occur once",
            "context.os is not a feature; the known features are device, hour",
            "limit must be 1 to 1,000",
            "X-Deadline-Ms must be a whole number of milliseconds, 1 to 60,000");
    }

    [Fact]
    public async Task Rank_Valid_AsksTheUsersGrainAndAnswersAsDesigned()
    {
        string json = """{"userId":"Ü/1","candidates":[{"itemId":"i1"},{"itemId":"unknown 商品"}],"context":{"device":"ios","hour":13},"limit":2}""";
        using HttpResponseMessage response = await gateway.PostAsync("/v1/rank", json);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using JsonDocument answer = await JsonDocument.ParseAsync(
            await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), cancellationToken: TestContext.Current.CancellationToken);
        string expected = """
            {"rankingId":"r1","model":{"version":"v2","variant":"champion","scoresAreProbabilities":true},"source":"model","historyLength":2,"items":[
            {"itemId":"i1","score":0.5,"scores":{"click":0.5,"buy":0.25}},
            {"itemId":"unknown 商品","score":0.375,"scores":{"click":0.375,"buy":0.25},"unknownItem":true}]}
            """;
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, answer.RootElement), answer.RootElement.GetRawText());
        Assert.Equal("total;dur=1.5, score;dur=0.25", Assert.Single(response.Headers.GetValues("Server-Timing")));
        RankQuery query = gateway.Script.Queries["Ü/1"];
        Assert.Equal(["i1", "unknown 商品"], query.Candidates);
        Assert.Equal([KeyValuePair.Create("device", "ios"), KeyValuePair.Create("hour", "13")], query.Context.Order(Comparer<KeyValuePair<string, string>>.Create((a, b) => string.CompareOrdinal(a.Key, b.Key))));
        Assert.Equal((2, false, null), (query.Limit, query.Explain, query.TimeLeft));
    }

    [Fact]
    public async Task Rank_Explained_GivesEachBehaviourItsWeight()
    {
        JsonElement answer = await gateway.JsonAsync(HttpMethod.Post, "/v1/rank", """{"userId":"explained","candidates":[{"itemId":"i1"}],"explain":true}""");
        JsonElement attention = answer.GetProperty("items")[0].GetProperty("attention");
        Assert.Equal(["i7", "i8"], attention.EnumerateArray().Select(a => a.GetProperty("itemId").GetString()));
        Assert.Equal([0.75f, -0.25f], attention.EnumerateArray().Select(a => a.GetProperty("weight").GetSingle()));
        Assert.Equal(ShopScript.Noon, attention[0].GetProperty("timestamp").GetDateTimeOffset());
    }

    [Fact]
    public async Task Rank_ByPopularity_NamesNoModel()
    {
        gateway.Script.Rankings["popular"] = new Ranking
        {
            RankingId = "r2",
            Source = RankingSource.Popularity,
            HistoryLength = 0,
            Tasks = [],
            Items = [new RankedItem { ItemId = "i1", Score = 0.5f, Scores = default }],
        };
        JsonElement answer = await gateway.JsonAsync(HttpMethod.Post, "/v1/rank", """{"userId":"popular","candidates":[{"itemId":"i1"}]}""");
        Assert.Equal("popularity", answer.GetProperty("source").GetString());
        Assert.False(answer.TryGetProperty("model", out _));
        Assert.Empty(answer.GetProperty("items")[0].GetProperty("scores").EnumerateObject());
    }

    [Fact]
    public async Task Rank_AScoreThatIsNoNumber_Answers500AndNothingOfTheRanking()
    {
        var query = new RankQuery { Candidates = ["i1", "i2"] };
        Ranking ranking = ShopScript.ModelRanking(query);
        gateway.Script.Rankings["far out"] = ranking with { Items = [ranking.Items[0], ranking.Items[1] with { Score = float.NaN }] };
        using HttpResponseMessage response = await gateway.PostAsync("/v1/rank", """{"userId":"far out","candidates":[{"itemId":"i1"},{"itemId":"i2"}]}""");
        Assert.Empty(await ProblemAssert.IsProblemAsync(response, HttpStatusCode.InternalServerError));
    }

    [Fact]
    public async Task Rank_AThousandCandidates_AreTaken()
    {
        JsonElement answer = await gateway.JsonAsync(HttpMethod.Post, "/v1/rank", $$"""{"userId":"many","candidates":[{{Many(1000)}}]}""");
        Assert.Equal(1000, answer.GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("1")]
    [InlineData("60000")]
    public async Task Rank_WithADeadline_TellsTheGrainWhatIsLeft(string milliseconds)
    {
        string user = "deadline " + milliseconds;
        using HttpResponseMessage response = await gateway.SendAsync(HttpMethod.Post, "/v1/rank", $$"""{"userId":"{{user}}",{{Candidates}}}""", ("X-Deadline-Ms", milliseconds));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(TimeSpan.FromMilliseconds(int.Parse(milliseconds, CultureInfo.InvariantCulture)), gateway.Script.Queries[user].TimeLeft);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("60001")]
    [InlineData("-5")]
    [InlineData("1.5")]
    [InlineData("soon")]
    [InlineData("")]
    public async Task Rank_WithABadDeadline_NamesTheHeader(string milliseconds)
    {
        using HttpResponseMessage response = await gateway.SendAsync(HttpMethod.Post, "/v1/rank", $$"""{"userId":"u",{{Candidates}}}""", ("X-Deadline-Ms", milliseconds));
        await ProblemAssert.BreaksAsync(response, "X-Deadline-Ms must be a whole number of milliseconds, 1 to 60,000");
    }

    [Fact]
    public async Task Rank_GrainDoesNotAnswerByTheDeadline_Answers504()
    {
        TaskCompletionSource reached = gateway.Script.Hangs["hangs"] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<HttpResponseMessage> answer = gateway.SendAsync(HttpMethod.Post, "/v1/rank", $$"""{"userId":"hangs",{{Candidates}}}""", ("X-Deadline-Ms", "50"));
        await reached.Task.WaitAsync(Eventually.Timeout, TestContext.Current.CancellationToken);
        gateway.Time.Advance(TimeSpan.FromMilliseconds(50));
        using HttpResponseMessage response = await answer;
        Assert.Empty(await ProblemAssert.IsProblemAsync(response, HttpStatusCode.GatewayTimeout));
    }

    [Fact]
    public async Task Rank_WithoutADeadlineAndNoAnswerFromTheCluster_Answers503AndWhenToTryAgain()
    {
        TaskCompletionSource reached = gateway.Script.Hangs["frozen"] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<HttpResponseMessage> answer = gateway.PostAsync("/v1/rank", $$"""{"userId":"frozen",{{Candidates}}}""");
        await reached.Task.WaitAsync(Eventually.Timeout, TestContext.Current.CancellationToken);
        gateway.Time.Advance(TimeSpan.FromSeconds(5));
        using HttpResponseMessage response = await answer;
        Assert.Empty(await ProblemAssert.IsProblemAsync(response, HttpStatusCode.ServiceUnavailable));
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Rank_MoreThanTheGatewayTakesAtATime_IsRefusedAtOnceAndTakenAgainAfterwards()
    {
        await using WebApplication narrow = await gateway.StartAsync(gateway.Grains, gateway.Time, ("Gateway:MaxConcurrentRankings", "1"));
        using var http = new HttpClient { BaseAddress = new Uri(narrow.Urls.First()) };
        TaskCompletionSource reached = gateway.Script.Hangs["in hand"] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<HttpResponseMessage> inHand = RankAsync(http, "in hand", ("X-Deadline-Ms", "50"));
        await reached.Task.WaitAsync(Eventually.Timeout, TestContext.Current.CancellationToken);

        using HttpResponseMessage refused = await RankAsync(http, "one more");
        Assert.Empty(await ProblemAssert.IsProblemAsync(refused, HttpStatusCode.TooManyRequests));
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        Assert.False(gateway.Script.Queries.ContainsKey("one more"));

        gateway.Time.Advance(TimeSpan.FromMilliseconds(50));
        using HttpResponseMessage late = await inHand;
        Assert.Equal(HttpStatusCode.GatewayTimeout, late.StatusCode);
        using HttpResponseMessage taken = await RankAsync(http, "one more");
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
    }

    private static Task<HttpResponseMessage> RankAsync(HttpClient http, string user, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/rank")
        {
            Content = new StringContent($$"""{"userId":"{{user}}",{{Candidates}}}""", Encoding.UTF8, "application/json"),
        };
        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Rank_AskingForAnArm_IsRefusedUnlessTheSettingAllowsIt()
    {
        string body = $$"""{"userId":"overrider",{{Candidates}}}""";
        using HttpResponseMessage refused = await gateway.SendAsync(HttpMethod.Post, "/v1/rank", body, ("X-Experiment-Override", "split=new"));
        await ProblemAssert.BreaksAsync(refused, "X-Experiment-Override needs the scope experiments, or Gateway:ExperimentOverrides where Auth:Mode is Open");
        await using WebApplication allowing = await gateway.StartAsync(gateway.Grains, gateway.Time, ("Gateway:ExperimentOverrides", "true"));
        using var http = new HttpClient { BaseAddress = new Uri(allowing.Urls.First()) };
        http.DefaultRequestHeaders.Add("X-Experiment-Override", "split");
        using HttpResponseMessage malformed = await http.PostAsync("/v1/rank", new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        await ProblemAssert.BreaksAsync(malformed, "X-Experiment-Override must be an experiment and an arm, for example \"rollout.v2=new\"");
        http.DefaultRequestHeaders.Remove("X-Experiment-Override");
        http.DefaultRequestHeaders.Add("X-Experiment-Override", "split=new");
        using HttpResponseMessage answered = await http.PostAsync("/v1/rank", new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        Assert.Equal(new ArmReference("split", "new"), gateway.Script.Queries["overrider"].Override);
    }

    private static string Many(int count) => string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"itemId":"i{{i}}"}"""));
}
