using System.Text.Json;
using System.Text.Json.Nodes;
using DinOrleans.Client;
using DinOrleans.Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway.Tests.Clients;

/// <summary>DinOrleans.Client has a call for every endpoint, and knows every member of its requests and answers.</summary>
[Collection(GatewayCollection.Name)]
public sealed class ClientEndpointTests(GatewayFixture gateway)
{
    public static TheoryData<string> Endpoints => [.. ClientCalls.All.Keys];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Endpoints_OfTheApi_AllHaveACall()
    {
        IEnumerable<string> mapped = gateway.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(Name)
            .Where(name => name.Contains(" /v1/", StringComparison.Ordinal));
        Assert.Equal(mapped.Order(StringComparer.Ordinal), ClientCalls.All.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Call_OfAnEndpoint_SendsAndReadsEveryMemberThatTheDocumentHas(string endpoint)
    {
        string[] parts = endpoint.Split(' ');
        JsonElement document = await gateway.JsonAsync(HttpMethod.Get, "/openapi/v1.json");
        var samples = new SchemaSamples(document);
        JsonElement operation = document.GetProperty("paths").GetProperty(parts[1]).GetProperty(parts[0].ToLowerInvariant());
        JsonNode? answer = operation.GetProperty("responses").EnumerateObject()
            .Where(r => r.Name.StartsWith('2')).Select(r => samples.Sample(r.Value)).FirstOrDefault(sample => sample is not null);

        using var server = new RecordingServer(answer);
        object?[] read = await ClientCalls.All[endpoint](Client(server), Cancellation);

        Assert.All(server.Requests, request => Assert.True(request.Method == parts[0] && Matches(parts[1], request.Path), $"{request.Method} {request.Path}"));
        if (operation.TryGetProperty("requestBody", out JsonElement body) && samples.Sample(body) is { } described)
        {
            Assert.Empty(SchemaSamples.Paths(described).Except(SchemaSamples.Paths(server.Requests[0].Json)));
        }

        if (read.Length > 0)
        {
            Assert.NotNull(answer);
            AssertReads(answer, [.. read.Select(r => JsonSerializer.SerializeToNode(r, JsonSerializerOptions.Web))]);
        }
    }

    /// <summary>What was read is the whole answer, or the value of its only member.</summary>
    private static void AssertReads(JsonNode answer, JsonNode?[] read)
    {
        string[] known = [.. read.SelectMany(r => SchemaSamples.Paths(r))];
        string[] missing = [.. SchemaSamples.Paths(answer).Except(known)];
        if (missing.Length > 0 && answer is JsonObject { Count: 1 } wrapper)
        {
            missing = [.. SchemaSamples.Paths(wrapper.Single().Value).Except(known)];
        }

        Assert.Empty(missing);
    }

    private static DinOrleansClient Client(RecordingServer server) => new(
        new HttpClient(server, disposeHandler: false), Options.Create(new DinOrleansClientOptions { Address = new Uri("http://localhost") }), TimeProvider.System);

    private static bool Matches(string template, string path)
    {
        string[] wanted = template.Split('/'), given = path.Split('/');
        return wanted.Length == given.Length && wanted.Zip(given).All(s => s.First == s.Second || s.First.StartsWith('{'));
    }

    private static string Name(RouteEndpoint endpoint) =>
        $"{endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Single() ?? "GET"} /{endpoint.RoutePattern.RawText!.Trim('/')}";
}
