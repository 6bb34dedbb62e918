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
        Assert.Equal("scorer.onnx: sha256 differs", version.GetProperty("refusedBecause").GetString());
        Assert.Equal("v2", models.GetProperty("silos")[0].GetProperty("serving").GetString());
    }

    [Fact]
    public async Task Activate_AKnownVersion_AsksTheRegistry()
    {
        await gateway.JsonAsync(HttpMethod.Post, "/v1/models/v1/activate");
        Assert.Contains("v1", gateway.Script.Activated);
    }

    [Fact]
    public async Task Activate_AnUnknownVersion_NamesIt()
    {
        using HttpResponseMessage response = await gateway.SendAsync(HttpMethod.Post, "/v1/models/v9/activate");
        await ProblemAssert.BreaksAsync(response, "version is not known");
    }
}
