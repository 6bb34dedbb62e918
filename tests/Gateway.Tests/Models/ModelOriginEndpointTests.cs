using System.Net;
using System.Text.Json;
using DinOrleans.Gateway.Tests.Hosting;

namespace DinOrleans.Gateway.Tests.Models;

[Collection(GatewayCollection.Name)]
public sealed class ModelOriginEndpointTests(GatewayFixture gateway)
{
    [Fact]
    public async Task Get_PublishedVersion_TellsOptionsDataAndLineage()
    {
        JsonElement origin = await gateway.JsonAsync(HttpMethod.Get, "/v1/models/v2");
        Assert.Equal("v1", origin.GetProperty("startedFrom").GetString());
        Assert.Equal(3, origin.GetProperty("options").GetProperty("training").GetProperty("epochs").GetInt32());
        Assert.Equal(5, origin.GetProperty("events").GetInt64());
        JsonElement bin = origin.GetProperty("calibration")[0].GetProperty("bins")[0];
        Assert.Equal((0.25, 0.5, 4), (bin.GetProperty("predicted").GetDouble(), bin.GetProperty("observed").GetDouble(), bin.GetProperty("samples").GetInt32()));
    }

    [Fact]
    public async Task Get_UnknownVersion_IsNotFound()
    {
        using HttpResponseMessage answer = await gateway.SendAsync(HttpMethod.Get, "/v1/models/other");
        await ProblemAssert.IsProblemAsync(answer, HttpStatusCode.NotFound);
    }
}
