using System.Net;
using System.Text.Json;
using DinOrleans.Gateway.Tests.Hosting;

namespace DinOrleans.Gateway.Tests.Models;

[Collection(GatewayCollection.Name)]
public sealed class ModelsEndpointsTests(GatewayFixture gateway)
{
    [Fact]
    public async Task Get_Always_TellsVersionsAndWhoServesWhat()
    {
        JsonElement models = await gateway.JsonAsync(HttpMethod.Get, "/v1/models");
        Assert.Equal(
            ("v2", "v3", "v1"),
            (models.GetProperty("active").GetString(), models.GetProperty("target").GetString(), models.GetProperty("retiring").GetString()));
        JsonElement version = Assert.Single(models.GetProperty("versions").EnumerateArray());
        Assert.Equal(("v3", "din"), (version.GetProperty("version").GetString(), version.GetProperty("kind").GetString()));
        Assert.Equal("""{"auc":0.83}""", version.GetProperty("metrics").GetRawText());
        Assert.True(version.GetProperty("scoresAreProbabilities").GetBoolean());
        Assert.Equal("scorer.onnx: sha256 differs", version.GetProperty("refusedBecause").GetString());
        Assert.Equal("v2", models.GetProperty("silos")[0].GetProperty("serving").GetString());
    }

    [Fact]
    public async Task Publish_WithoutARollOut_OnlyRecordsTheVersion()
    {
        gateway.Script.Published.Clear();
        await gateway.JsonAsync(HttpMethod.Post, "/v1/models", """{"version":"for-an-experiment","rollOut":false}""");
        Assert.Contains("for-an-experiment", gateway.Script.Recorded);
        Assert.Empty(gateway.Script.Published);
    }

    [Fact]
    public async Task Publish_AVersionOfTheStore_RollsItOut()
    {
        gateway.Script.Published.Clear();
        JsonElement models = await gateway.JsonAsync(HttpMethod.Post, "/v1/models", """{"version":"v1"}""");
        Assert.Equal(["v1"], gateway.Script.Published);
        Assert.Equal("v2", models.GetProperty("active").GetString());
    }

    [Theory]
    [InlineData("{}", "version must be given")]
    [InlineData("""{"version":" "}""", "version must be given")]
    [InlineData("""{"version":1}""", "version must be a string")]
    [InlineData("""{"version":"v9"}""", "version is not in the store")]
    public async Task Publish_AVersionThatCannotBe_NamesFieldAndRule(string body, string rule)
    {
        gateway.Script.Published.Clear();
        using HttpResponseMessage response = await gateway.PostAsync("/v1/models", body);
        await ProblemAssert.BreaksAsync(response, rule);
        Assert.Empty(gateway.Script.Published);
    }

    [Fact]
    public async Task Activate_AKnownVersion_AsksTheRegistry()
    {
        await gateway.JsonAsync(HttpMethod.Post, "/v1/models/v1/activate", "");
        Assert.Contains("v1", gateway.Script.Activated);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Activate_SentAsAPageOfAnotherSiteCould_Answers415AndAsksNothing(string? mediaType)
    {
        gateway.Script.Activated.Clear();
        using var content = new ByteArrayContent([]);
        content.Headers.ContentType = mediaType is null ? null : new(mediaType);
        using HttpResponseMessage response = await gateway.Http.PostAsync("/v1/models/v1/activate", content, TestContext.Current.CancellationToken);
        Assert.Empty(await ProblemAssert.IsProblemAsync(response, HttpStatusCode.UnsupportedMediaType));
        Assert.Empty(gateway.Script.Activated);
    }

    [Fact]
    public async Task Get_ARefusedVersion_TellsTheFileButNoFolderOrAddress()
    {
        const string Reason = "S10.6.6.6:11111:51234: Could not find file '/srv/shop data/versions/v3/scorer.onnx'";
        gateway.Script.AnswerRegistry = () => ShopScript.Registry with
        {
            Versions = [ShopScript.Registry.Versions[0] with { RefusedBecause = Reason }],
            Silos =
            [
                ShopScript.Registry.Silos[0] with
                {
                    Refused = new Dictionary<string, string> { ["v3"] = Reason },
                    Failing = new Dictionary<string, string> { ["v4"] = Reason },
                },
            ],
        };
        try
        {
            JsonElement models = await gateway.JsonAsync(HttpMethod.Get, "/v1/models");
            const string Told = "a silo: Could not find file 'scorer.onnx'";
            Assert.Equal(Told, models.GetProperty("versions")[0].GetProperty("refusedBecause").GetString());
            Assert.Equal(Told, models.GetProperty("silos")[0].GetProperty("refused").GetProperty("v3").GetString());
            Assert.Equal(Told, models.GetProperty("silos")[0].GetProperty("failing").GetProperty("v4").GetString());
        }
        finally
        {
            gateway.Script.AnswerRegistry = () => ShopScript.Registry;
        }
    }

    [Fact]
    public async Task Get_AVersionWhoseRollOutWaits_SaysWhy()
    {
        const string Reason = "the running experiment \"mine\" has some of its users";
        Assert.False((await gateway.JsonAsync(HttpMethod.Get, "/v1/models")).GetProperty("versions")[0].TryGetProperty("waitsBecause", out _));
        gateway.Script.Waiting["v3"] = Reason;
        try
        {
            JsonElement models = await gateway.JsonAsync(HttpMethod.Get, "/v1/models");
            Assert.Equal(Reason, models.GetProperty("versions")[0].GetProperty("waitsBecause").GetString());
        }
        finally
        {
            gateway.Script.Waiting.Clear();
        }
    }

    [Fact]
    public async Task Activate_AnUnknownVersion_NamesIt()
    {
        using HttpResponseMessage response = await gateway.SendAsync(HttpMethod.Post, "/v1/models/v9/activate", "");
        await ProblemAssert.BreaksAsync(response, "version is not known");
    }
}
