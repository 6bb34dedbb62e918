using System.Net;
using System.Text.Json;
using DinOrleans.Contracts.Trainings;
using DinOrleans.Gateway.Tests.Hosting;

namespace DinOrleans.Gateway.Tests.Trainings;

[Collection(GatewayCollection.Name)]
public sealed class TrainingsEndpointsTests(GatewayFixture gateway)
{
    [Fact]
    public async Task List_WithoutParameters_IsTheFirstPage()
    {
        JsonElement page = await gateway.JsonAsync(HttpMethod.Get, "/v1/trainings");
        Assert.Equal(["t2", "t1"], page.GetProperty("trainings").EnumerateArray().Select(t => t.GetProperty("id").GetString()));
        Assert.Equal("t1", page.GetProperty("next").GetString());
        JsonElement rejected = page.GetProperty("trainings")[1];
        Assert.Equal(
            ("hand", "rejected", "new catalogue", "v2", "gauc is too low"),
            (Text(rejected, "trigger"), Text(rejected, "state"), Text(rejected, "reason"), Text(rejected, "version"), Text(rejected, "error")));
        Assert.Equal("""[{"name":"gauc","passed":false,"value":0.5,"champion":0.75,"limit":0.7,"note":"on 500 rankings"}]""", rejected.GetProperty("gates").GetRawText());
    }

    [Fact]
    public async Task List_WithParameters_IsThatPage()
    {
        JsonElement page = await gateway.JsonAsync(HttpMethod.Get, "/v1/trainings?limit=1&after=t2");
        Assert.Equal("t1", page.GetProperty("trainings")[0].GetProperty("id").GetString());
        Assert.False(page.TryGetProperty("next", out _));
    }

    [Theory]
    [InlineData("limit=0", "limit must be 1 to 100")]
    [InlineData("limit=101", "limit must be 1 to 100")]
    [InlineData("limit=x", "limit must be 1 to 100")]
    [InlineData("after=", "after must be the \"next\" of a page")]
    [InlineData("page=2", "page is not a query parameter here; known are limit, after")]
    public async Task List_OfAPageThatThereCannotBe_NamesTheParameterAndTheRule(string query, string rule)
    {
        using HttpResponseMessage response = await gateway.SendAsync(HttpMethod.Get, "/v1/trainings?" + query);
        await ProblemAssert.BreaksAsync(response, rule);
    }

    [Fact]
    public async Task Get_ATrainingThatRuns_TellsHowFarItIsWithoutPathsAndNaN()
    {
        JsonElement training = await gateway.JsonAsync(HttpMethod.Get, "/v1/trainings/t2");
        Assert.Equal(("newPositives", "running", "w", "v1"), (Text(training, "trigger"), Text(training, "state"), Text(training, "worker"), Text(training, "startedFrom")));
        Assert.Equal((2, 1), (training.GetProperty("attempt").GetInt32(), training.GetProperty("failures").GetInt32()));
        Assert.Equal("""{"epoch":2,"epochs":3,"step":40,"steps":500,"samplesPerSecond":6000,"loss":0.25}""", training.GetProperty("progress").GetRawText());
        Assert.Equal("""[{"epoch":1,"loss":0.5,"samplesPerSecond":5000,"auc":0.75,"logLoss":0.375}]""", training.GetProperty("curve").GetRawText());
        Assert.Equal("Could not find file 'plan.json'", Text(training, "error"));
        Assert.False(training.TryGetProperty("endedAt", out _));
    }

    [Fact]
    public async Task List_ATrainingWhoseVersionWaitsForUsers_SaysWhy()
    {
        const string Reason = "the running experiment \"mine\" has some of its users";
        gateway.Script.Waiting["v2"] = Reason;
        try
        {
            JsonElement page = await gateway.JsonAsync(HttpMethod.Get, "/v1/trainings");
            Assert.False(page.GetProperty("trainings")[0].TryGetProperty("waitsBecause", out _));
            Assert.Equal(Reason, Text(page.GetProperty("trainings")[1], "waitsBecause"));
        }
        finally
        {
            gateway.Script.Waiting.Clear();
        }
    }

    [Fact]
    public async Task Get_AnUnknownTraining_Answers404()
    {
        using HttpResponseMessage response = await gateway.SendAsync(HttpMethod.Get, "/v1/trainings/t9");
        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Start_WithAReason_AsksForATrainingByHand()
    {
        gateway.Script.TrainingRequests.Clear();
        JsonElement training = await gateway.JsonAsync(HttpMethod.Post, "/v1/trainings", """{"reason":"new catalogue","freshWeights":true}""");
        Assert.Equal(new TrainingRequest(TrainingTrigger.Hand, "new catalogue", FreshWeights: true), Assert.Single(gateway.Script.TrainingRequests));
        Assert.Equal(("t3", "waiting"), (Text(training, "id"), Text(training, "state")));
    }

    [Fact]
    public async Task Start_WithAnEmptyObject_AsksForATrainingByHand()
    {
        gateway.Script.TrainingRequests.Clear();
        await gateway.JsonAsync(HttpMethod.Post, "/v1/trainings", "{}");
        Assert.Equal(new TrainingRequest(TrainingTrigger.Hand), Assert.Single(gateway.Script.TrainingRequests));
    }

    [Theory]
    [InlineData("""{"reason":""}""", "reason must be 1 to 200 characters without control characters")]
    [InlineData("""{"reason":"a\nb"}""", "reason must be 1 to 200 characters without control characters")]
    [InlineData("""{"trigger":"schedule"}""", "trigger is not a field here")]
    [InlineData("""{"freshWeights":"yes"}""", "freshWeights must be true or false")]
    public async Task Start_WithABadBody_NamesFieldAndRuleAndAsksNothing(string body, string rule)
    {
        gateway.Script.TrainingRequests.Clear();
        using HttpResponseMessage response = await gateway.PostAsync("/v1/trainings", body);
        await ProblemAssert.BreaksAsync(response, rule);
        Assert.Empty(gateway.Script.TrainingRequests);
    }

    private static string? Text(JsonElement element, string member) => element.GetProperty(member).GetString();
}
