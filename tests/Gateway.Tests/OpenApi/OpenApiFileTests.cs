using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DinOrleans.Gateway.Tests.Hosting;
using DinOrleans.TestMachine;

namespace DinOrleans.Gateway.Tests.OpenApi;

/// <summary>docs/openapi.json is what the gateway serves, and a linter finds nothing wrong with it.</summary>
[Collection(GatewayCollection.Name)]
public sealed class OpenApiFileTests(GatewayFixture gateway)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Document_InTheDocs_IsWhatTheGatewayServes()
    {
        string served = JsonNode.Parse(await gateway.Http.GetStringAsync("/openapi/v1.json", Cancellation))!.ToJsonString(Indented) + "\n";
        await GeneratedFile.CheckAsync(
            "docs/openapi.json", served, "is not what the gateway serves", "Gateway.Tests", nameof(OpenApiFileTests), Cancellation);
    }

    [Fact]
    public async Task Document_InTheDocs_IsCleanByTheLinter()
    {
        (await Scripts.NodeAsync("clients/typescript", ["scripts/lint-api.mjs"], Cancellation)).Succeeded();
    }
}
