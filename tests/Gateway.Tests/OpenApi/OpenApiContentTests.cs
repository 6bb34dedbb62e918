using System.Text.Json;
using DinOrleans.Contracts.Keys;
using DinOrleans.Gateway.Tests.Hosting;

namespace DinOrleans.Gateway.Tests.OpenApi;

/// <summary>The description leaves nothing out that a caller needs: words, examples and limits.</summary>
[Collection(GatewayCollection.Name)]
public sealed class OpenApiContentTests(GatewayFixture gateway)
{
    [Fact]
    public async Task Document_OfEveryOperation_SaysWhatItDoesAndHasExamples()
    {
        JsonElement document = await gateway.JsonAsync(HttpMethod.Get, "/openapi/v1.json");
        List<string> missing = [];
        foreach (JsonElement operation in document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject()).Select(o => o.Value))
        {
            string id = operation.GetProperty("operationId").GetString()!;
            missing.AddRange(((string[])["summary", "description", "tags"]).Where(name => !operation.TryGetProperty(name, out _)).Select(name => $"{id}: {name}"));
            missing.AddRange(Contents(operation).Where(c => c.Name != "application/x-tar" && IsOfSuccess(c.Path) && !c.Content.TryGetProperty("examples", out _)).Select(c => $"{id}: examples of {c.Path}"));
            JsonElement[] parameters = operation.TryGetProperty("parameters", out JsonElement described) ? [.. described.EnumerateArray()] : [];
            missing.AddRange(parameters.Where(p => !p.TryGetProperty("description", out _)).Select(p => $"{id}: {p.GetProperty("name")}"));
        }

        Assert.Empty(missing);
    }

    [Fact]
    public async Task Document_OfRequests_HasTheLimitsThatTheServerKeeps()
    {
        JsonElement document = await gateway.JsonAsync(HttpMethod.Get, "/openapi/v1.json");
        Assert.Equal("""{"minItems":1,"maxItems":1000}""", Limits(document, "RankRequest", "candidates"));
        Assert.Equal("""{"minimum":1,"maximum":1000}""", Limits(document, "RankRequest", "limit"));
        Assert.Equal("""{"minLength":1,"maxLength":200}""", Limits(document, "Candidate", "itemId"));
        Assert.Equal("""{"minLength":1,"maxLength":200}""", Limits(document, "EventRequest", "userId"));
        Assert.Equal("""{"minItems":1,"maxItems":8}""", Limits(document, "ExperimentRequest", "arms"));
        Assert.Equal("""{"minItems":1,"maxItems":9}""", Limits(document, "KeyRequest", "scopes"));
        Assert.Equal(["userId", "candidates"], Schema(document, "RankRequest").GetProperty("required").EnumerateArray().Select(r => r.GetString()));
        Assert.Equal(ApiScopes.All, Schema(document, "KeyRequest").GetProperty("properties").GetProperty("scopes").GetProperty("items").GetProperty("enum").EnumerateArray().Select(s => s.GetString()));
        Assert.Equal(["model", "popularity"], Schema(document, "RankResponse").GetProperty("properties").GetProperty("source").GetProperty("enum").EnumerateArray().Select(s => s.GetString()));
        Assert.DoesNotContain("\"null\"", document.GetRawText(), StringComparison.Ordinal);
    }

    /// <summary>The bodies of a request and of its answers.</summary>
    private static IEnumerable<(string Path, string Name, JsonElement Content)> Contents(JsonElement operation)
    {
        IEnumerable<(string Path, JsonElement Part)> parts = operation.GetProperty("responses").EnumerateObject().Select(r => (r.Name, r.Value));
        if (operation.TryGetProperty("requestBody", out JsonElement request))
        {
            parts = parts.Append(("request", request));
        }

        return parts.SelectMany(p => p.Part.TryGetProperty("content", out JsonElement content) ? content.EnumerateObject().Select(c => (p.Path, c.Name, c.Value)) : []);
    }

    private static bool IsOfSuccess(string path) => path is "request" or "200";

    private static string Limits(JsonElement document, string schema, string member)
    {
        string[] names = ["minLength", "maxLength", "minItems", "maxItems", "minimum", "maximum"];
        JsonElement described = Schema(document, schema).GetProperty("properties").GetProperty(member);
        return JsonSerializer.Serialize(names.Where(name => described.TryGetProperty(name, out _)).ToDictionary(name => name, name => described.GetProperty(name).GetInt32()));
    }

    private static JsonElement Schema(JsonElement document, string name) => document.GetProperty("components").GetProperty("schemas").GetProperty(name);
}
