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
    /// <summary>Set to 1, this environment variable makes the test write the file instead of checking it.</summary>
    private const string Generate = "DINORLEANS_GENERATE_DOCS";

    private static readonly string Document = RepositoryFolder.Of("docs/openapi.json");
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Document_InTheDocs_IsWhatTheGatewayServes()
    {
        string served = JsonNode.Parse(await gateway.Http.GetStringAsync("/openapi/v1.json", Cancellation))!.ToJsonString(Indented) + "\n";
        if (Environment.GetEnvironmentVariable(Generate) == "1")
        {
            await File.WriteAllTextAsync(Document, served, Cancellation);
            return;
        }

        string written = await File.ReadAllTextAsync(Document, Cancellation);
        Assert.True(written == served, $"""
            docs/openapi.json is not what the gateway serves: {Difference(written.Split('\n'), served.Split('\n'))}
            Generate it again, and look at the difference:
            {Generate}=1 dotnet test --project tests/Gateway.Tests -c Release -- --filter-class "*OpenApiFileTests"
            """);
    }

    [Fact]
    public async Task Document_InTheDocs_IsCleanByTheLinter()
    {
        (await Scripts.NodeAsync("clients/typescript", ["scripts/lint-api.mjs"], Cancellation)).Succeeded();
    }

    private static string Difference(string[] written, string[] served)
    {
        int line = written.Zip(served).TakeWhile(lines => lines.First == lines.Second).Count();
        return $"line {line + 1} is \"{written.ElementAtOrDefault(line)}\" and should be \"{served.ElementAtOrDefault(line)}\".";
    }
}
