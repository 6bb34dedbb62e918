using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace DinOrleans.Gateway.Tests.Hosting;

/// <summary>Problem details as every error of the gateway must have them.</summary>
public static class ProblemAssert
{
    /// <summary>Checks the form of the answer and gives its broken rules as "field rule".</summary>
    public static async Task<IReadOnlyList<string>> IsProblemAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.NotEmpty(problem.GetProperty("type").GetString()!);
        return [.. problem.GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("field").GetString()} {e.GetProperty("rule").GetString()}")];
    }

    /// <summary>Checks the form of the answer and gives its detail.</summary>
    public static async Task<string> DetailAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        await IsProblemAsync(response, status);
        return JsonDocument.Parse(text).RootElement.GetProperty("detail").GetString()!;
    }

    /// <summary>Checks that a 400 lists exactly these rules.</summary>
    public static async Task BreaksAsync(HttpResponseMessage response, params string[] rules) =>
        Assert.Equal(rules, await IsProblemAsync(response, HttpStatusCode.BadRequest));
}
