using System.Net;
using System.Text.Json;
using DinOrleans.Contracts.Experiments;
using DinOrleans.Gateway.Tests.Hosting;

namespace DinOrleans.Gateway.Tests.Experiments;

[Collection(GatewayCollection.Name)]
public sealed class ExperimentsEndpointsTests(GatewayFixture gateway)
{
    private const string Whole =
        """
        {"mode":"canary","arms":[{"name":"new","version":"v2","temperature":0.5}],"users":{"from":10,"to":50},"ramp":[1,5.5],"shadowFirst":true,"stageSeconds":1.5,
        "stageRankings":7,"promotes":true,"guards":[{"measure":"logLoss","limit":0.1,"minimumRankings":9}],"attributionSeconds":60}
        """;

    [Fact]
    public async Task Put_EveryMember_ReachesTheGrain()
    {
        JsonElement answer = await gateway.JsonAsync(HttpMethod.Put, "/v1/experiments/whole", Whole);
        Experiment experiment = gateway.Script.Experiments["whole"].Run.Experiment;
        Assert.Equivalent(
            new Experiment
            {
                Name = "whole",
                Mode = ExperimentMode.Canary,
                Arms = [new() { Name = "new", Version = "v2", Temperature = 0.5 }],
                Users = new(10, 50),
                Ramp = [1, 5.5],
                ShadowFirst = true,
                StageTime = TimeSpan.FromSeconds(1.5),
                StageRankings = 7,
                Promotes = true,
                Guards = [new(GuardMeasure.LogLoss, 0.1, 9)],
                AttributionWindow = TimeSpan.FromMinutes(1),
            },
            experiment,
            strict: true);
        Assert.Equal(("running", "canary", "v1"), (answer.GetProperty("status").GetString(), answer.GetProperty("mode").GetString(), answer.GetProperty("championVersion").GetString()));
        JsonElement arm = answer.GetProperty("arms")[1];
        Assert.Equal((7, -0.2), (arm.GetProperty("tasks")[0].GetProperty("positives").GetInt32(), arm.GetProperty("tasks")[0].GetProperty("difference").GetProperty("low").GetDouble()));
        Assert.False(answer.GetProperty("arms")[0].TryGetProperty("latencyP99", out _));
    }

    [Fact]
    public async Task Put_OnlyWhatMustBeGiven_TakesTheDefaults()
    {
        await gateway.JsonAsync(HttpMethod.Put, "/v1/experiments/small", """{"mode":"split","arms":[{"name":"a","share":10}]}""");
        Experiment experiment = gateway.Script.Experiments["small"].Run.Experiment;
        Assert.Equal((UserRange.All, TimeSpan.FromMinutes(10), 1_000, TimeSpan.FromMinutes(30)), (experiment.Users, experiment.StageTime, experiment.StageRankings, experiment.AttributionWindow));
    }

    [Theory]
    [InlineData("bad", """{}""", "mode", "arms")]
    [InlineData("bad", """{"mode":"canari","arms":[{"name":"new","version":"v2"}]}""", "mode", "arms[0].share")]
    [InlineData("BAD", """{"mode":"split","arms":[{"name":"a","share":10}]}""", "name")]
    [InlineData("bad", """{"mode":"split","arms":[{"name":"a","share":60},{"name":"b","share":41}]}""", "arms")]
    [InlineData("bad", """{"mode":"split","arms":[null]}""", "arms[0].name", "arms[0].share")]
    [InlineData("bad", """{"mode":"split","arms":[{"name":"a","share":"ten"}]}""", "arms[0].share")]
    [InlineData("bad", """{"mode":"split","arms":[{"name":"a","share":10,"weight":1}]}""", "arms[0].weight")]
    [InlineData("bad", """{"mode":"split","arms":[{"name":"a","share":10}],"stageSeconds":1e300}""", "stageTime")]
    [InlineData("bad", """{"mode":"split","arms":[{"name":"a","share":10}],"stageRankings":0.5}""", "stageRankings")]
    [InlineData("bad", """{"mode":"split","arms":[{"name":"a","share":10}],"guards":[{"measure":"nps","limit":1}]}""", "guards[0].measure")]
    [InlineData("bad", """{"mode":"split","arms":[{"name":"a","share":10}],"guards":[{"measure":"ctr"}]}""", "guards[0].limit")]
    [InlineData("bad", """{"mode":"split","arms":[{"name":"a","share":10}],"users":{"from":50,"to":20}}""", "users")]
    public async Task Put_BrokenRules_NamesTheFieldsAndChangesNothing(string name, string json, params string[] fields)
    {
        using HttpResponseMessage response = await gateway.SendAsync(HttpMethod.Put, $"/v1/experiments/{name}", json);
        Assert.Equal(fields.Order(), (await ProblemAssert.IsProblemAsync(response, HttpStatusCode.BadRequest)).Select(e => e.Split(' ')[0]).Order());
        Assert.DoesNotContain(name, gateway.Script.Experiments.Keys);
    }

    [Fact]
    public async Task Put_InConflict_Answers409WithTheField()
    {
        using HttpResponseMessage response = await gateway.SendAsync(HttpMethod.Put, "/v1/experiments/busy", """{"mode":"split","arms":[{"name":"a","share":10}]}""");
        Assert.StartsWith("users ", Assert.Single(await ProblemAssert.IsProblemAsync(response, HttpStatusCode.Conflict)));
    }

    [Fact]
    public async Task PromoteStopAndDelete_AnExperiment_AskTheGrain()
    {
        await gateway.JsonAsync(HttpMethod.Put, "/v1/experiments/life", """{"mode":"split","arms":[{"name":"a","version":"v2","share":10}]}""");
        JsonElement promoting = await gateway.JsonAsync(HttpMethod.Post, "/v1/experiments/life/promote", """{"arm":"a"}""");
        Assert.Equal(("promoting", "a"), (promoting.GetProperty("status").GetString(), promoting.GetProperty("winner").GetString()));
        JsonElement stopped = await gateway.JsonAsync(HttpMethod.Post, "/v1/experiments/life/stop", "");
        Assert.Equal(("stopped", "by hand at a silo with by-hand.json"), (stopped.GetProperty("status").GetString(), stopped.GetProperty("reason").GetString()));
        Assert.Contains((await gateway.JsonAsync(HttpMethod.Get, "/v1/experiments")).GetProperty("experiments").EnumerateArray(), e => e.GetProperty("name").GetString() == "life");
        using HttpResponseMessage deleted = await gateway.SendAsync(HttpMethod.Delete, "/v1/experiments/life");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using HttpResponseMessage gone = await gateway.SendAsync(HttpMethod.Get, "/v1/experiments/life");
        Assert.StartsWith("name ", Assert.Single(await ProblemAssert.IsProblemAsync(gone, HttpStatusCode.BadRequest)));
    }
}
