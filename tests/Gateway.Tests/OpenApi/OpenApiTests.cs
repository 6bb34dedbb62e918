using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DinOrleans.Gateway.Tests.Hosting;
using DinOrleans.TestMachine;
using Microsoft.AspNetCore.Builder;

namespace DinOrleans.Gateway.Tests.OpenApi;

[Collection(GatewayCollection.Name)]
public sealed class OpenApiTests(GatewayFixture gateway)
{
    [Fact]
    public async Task Document_Served_ListsEveryPathAndMethod()
    {
        JsonElement document = await gateway.JsonAsync(HttpMethod.Get, "/openapi/v1.json");
        string[] operations =
        [
            .. document.GetProperty("paths").EnumerateObject()
                .SelectMany(path => path.Value.EnumerateObject().Select(o => $"{o.Name} {path.Name}"))
                .Where(o => o.Contains("/v1/", StringComparison.Ordinal) || o.Contains("/health/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(
            [
                "delete /v1/experiments/{name}", "delete /v1/items/{itemId}", "delete /v1/keys/{id}", "delete /v1/users/{userId}", "get /health/live", "get /health/ready", "get /health/startup", "get /v1/cluster",
                "get /v1/experiments", "get /v1/experiments/{name}", "get /v1/items", "get /v1/items/{itemId}", "get /v1/items/{itemId}/days", "get /v1/items/{itemId}/similar", "get /v1/keys", "get /v1/models", "get /v1/models/{version}", "get /v1/overview",
                "get /v1/schema", "get /v1/settings", "get /v1/trainings", "get /v1/trainings/{id}", "get /v1/users", "get /v1/users/{userId}", "get /v1/users/{userId}/recent",
                "post /v1/events", "post /v1/experiments/{name}/promote", "post /v1/experiments/{name}/stop", "post /v1/keys", "post /v1/models", "post /v1/models/{version}/activate", "post /v1/rank", "post /v1/trainings", "put /v1/experiments/{name}", "put /v1/items", "put /v1/models/{version}", "put /v1/users/{userId}",
            ],
            operations);
    }

    [Fact]
    public async Task Document_OfRank_DescribesRequestAnswerErrorsAndDeadline()
    {
        JsonElement document = await gateway.JsonAsync(HttpMethod.Get, "/openapi/v1.json");
        JsonElement rank = document.GetProperty("paths").GetProperty("/v1/rank").GetProperty("post");
        Assert.Equal(["userId", "candidates", "context", "limit", "explain", "background"], Members(document, rank.GetProperty("requestBody"), "application/json"));
        Assert.Equal(
            ["rankingId", "model", "source", "historyLength", "unavailableItems", "items"],
            Members(document, rank.GetProperty("responses").GetProperty("200"), "application/json"));
        Assert.Equal(["200", "400", "401", "403", "408", "413", "415", "429", "503", "504"], rank.GetProperty("responses").EnumerateObject().Select(r => r.Name).Order());
        Assert.Contains("errors", Members(document, rank.GetProperty("responses").GetProperty("400"), "application/problem+json"));
        Assert.Contains(rank.GetProperty("parameters").EnumerateArray(), p => p.GetProperty("name").GetString() == "X-Deadline-Ms");
        Assert.Equal(["string", "number"], Schema(document, "FeatureValue").GetProperty("type").EnumerateArray().Select(t => t.GetString()).OrderDescending());
    }

    [Fact]
    public async Task Document_OfEveryOperation_NamesTheScopeThatItNeeds()
    {
        JsonElement document = await gateway.JsonAsync(HttpMethod.Get, "/openapi/v1.json");
        JsonElement schemes = document.GetProperty("components").GetProperty("securitySchemes");
        Assert.All(schemes.EnumerateObject(), s => Assert.Equal(("http", "bearer"), (s.Value.GetProperty("type").GetString(), s.Value.GetProperty("scheme").GetString())));
        JsonElement paths = document.GetProperty("paths");
        Assert.Equal("""[{"apiKey":["users.erase"]},{"token":["users.erase"]}]""", Compact(paths.GetProperty("/v1/users/{userId}").GetProperty("delete").GetProperty("security")));
        Assert.Equal("[]", Compact(paths.GetProperty("/health/live").GetProperty("get").GetProperty("security")));
        string[] ofAnyKey = ["/v1/overview", "/v1/schema"];
        Assert.All(
            paths.EnumerateObject().Where(p => p.Name.StartsWith("/v1/", StringComparison.Ordinal) && !ofAnyKey.Contains(p.Name)).SelectMany(p => p.Value.EnumerateObject()),
            operation => Assert.Single(operation.Value.GetProperty("security")[0].GetProperty("apiKey").EnumerateArray()));
    }

    [Fact]
    public async Task Document_OfItems_SaysWhatTheyAre()
    {
        JsonElement document = await gateway.JsonAsync(HttpMethod.Get, "/openapi/v1.json");
        Assert.Equal("string", Schema(document, "Candidate").GetProperty("properties").GetProperty("itemId").GetProperty("type").GetString());
        Assert.Equal(["itemId", "score", "scores"], Schema(document, "RankedItemResponse").GetProperty("required").EnumerateArray().Select(r => r.GetString()));
        JsonElement item = Schema(document, "RankedItemResponse").GetProperty("properties");
        Assert.Equal("string", item.GetProperty("itemId").GetProperty("type").GetString());
        Assert.Equal("number", item.GetProperty("score").GetProperty("type").GetString());
        Assert.Equal("number", item.GetProperty("scores").GetProperty("additionalProperties").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Metrics_AfterARanking_CountIt()
    {
        // A gateway of its own, because one that was disposed takes the metrics of the others in its process with it.
        await using WebApplication app = await gateway.StartAsync(gateway.Grains, TimeProvider.System);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        Task<string> MetricsAsync() => http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        double before = Rankings(await MetricsAsync());
        using HttpResponseMessage ranked = await http.PostAsJsonAsync(
            "/v1/rank", new { userId = "counted", candidates = new[] { new { itemId = "a" } } }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, ranked.StatusCode);

        // The exporter answers scrapes that follow each other closely with one collection.
        string metrics = await Eventually.BecomesAsync(
            "the ranking is counted", MetricsAsync, text => Rankings(text) > before, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains("dinorleans_ranking_duration_seconds_bucket", metrics, StringComparison.Ordinal);
    }

    private static double Rankings(string metrics) => metrics.Split('\n')
        .Where(line => line.StartsWith("dinorleans_rankings", StringComparison.Ordinal) && line.Contains("source=\"model\"", StringComparison.Ordinal))
        .Sum(line => double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));

    private static string[] Members(JsonElement document, JsonElement part, string mediaType)
    {
        string reference = part.GetProperty("content").GetProperty(mediaType).GetProperty("schema").GetProperty("$ref").GetString()!;
        return [.. Schema(document, reference[(reference.LastIndexOf('/') + 1)..]).GetProperty("properties").EnumerateObject().Select(p => p.Name)];
    }

    private static string Compact(JsonElement json) => JsonSerializer.Serialize(json);

    private static JsonElement Schema(JsonElement document, string name) => document.GetProperty("components").GetProperty("schemas").GetProperty(name);
}
