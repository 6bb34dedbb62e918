using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests;

/// <summary>Orleans' dashboard of a silo and a gateway that are processes of their own.</summary>
public sealed class DashboardTests : IDisposable
{
    private const string UserId = "a-user-nobody-should-see";
    private const string UserGrain = "DinOrleans.Grains.Users.UserGrain";

    /// <summary>The page, and what it asks for.</summary>
    private static readonly string[] Paths =
    [
        "", "index.html", "index.min.js", "index.css", "favicon.ico", "version", "DashboardCounters", "ClusterStats", "Reminders", "LifecycleStages", "TopGrainMethods", "GrainTypes",
        $"GrainStats/{UserGrain}", $"GrainState?grainId={UserId}&grainType={UserGrain}",
    ];

    private readonly TinyShop _shop = new();
    private readonly int[] _ports = FreePort.Take(4);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Dashboard_OfACluster_ShowsGrainsAndCallsToAdministratorsAndNoUserToAnybody()
    {
        await using MemberProcess silo = StartSilo();
        await using MemberProcess gateway = StartGateway();
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_ports[0]}") };
        await Eventually.BecomesAsync(
            "the gateway is ready", () => StatusAsync(http, "/health/ready", key: null), status => status == HttpStatusCode.OK, cancellationToken: Cancellation);
        string admin = (await Eventually.BecomesAsync(
            "the first key is printed", () => gateway.Output, text => text.Contains("dok_", StringComparison.Ordinal), cancellationToken: Cancellation))
            .Split('\n').Single(line => line.Contains("dok_", StringComparison.Ordinal)).Trim();
        string ranker = await MakeKeyAsync(http, admin);

        // Calls are timed while somebody looks.
        string grains = await LookAsync(http, admin, "DashboardCounters", text => text.Contains(UserGrain, StringComparison.Ordinal), ranker);
        Assert.Contains("DinOrleans.Grains.Experiments.ExperimentsGrain", grains, StringComparison.Ordinal);
        await LookAsync(http, admin, $"GrainStats/{UserGrain}", text => text.Contains(".RankAsync", StringComparison.Ordinal), ranker);

        foreach (string path in Paths)
        {
            using HttpResponseMessage seen = await SendAsync(http, HttpMethod.Get, "/dashboard/" + path, admin);
            Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
            Assert.DoesNotContain(path.Contains(UserId, StringComparison.Ordinal) ? "item" : UserId, await seen.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(http, "/dashboard/" + path, ranker));
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(http, "/dashboard/" + path, key: null));
        }
    }

    private MemberProcess StartSilo() => MemberProcess.Start(
        "Silo",
        "--Shop:SchemaFile", Path.Combine(_shop.Dataset, "schema.json"), "--Silo:DataFolder", _shop.Data, "--Silo:SiloPort", Text(_ports[1]), "--Silo:GatewayPort", Text(_ports[2]),
        "--Monitoring:Urls", $"http://127.0.0.1:{_ports[3]}", "--Dashboard:Enabled", "true");

    private MemberProcess StartGateway() => MemberProcess.Start(
        "Gateway", "--urls", $"http://127.0.0.1:{_ports[0]}", "--Cluster:GatewayPort", Text(_ports[2]), "--Auth:Mode", "Keys", "--Dashboard:Enabled", "true");

    /// <summary>Ranks for a user and asks the dashboard, until its answer is as wanted.</summary>
    private static Task<string> LookAsync(HttpClient http, string admin, string path, Func<string, bool> condition, string ranker) => Eventually.BecomesAsync(
        $"the dashboard's {path} has what is wanted",
        async () =>
        {
            using HttpResponseMessage ranked = await SendAsync(
                http, HttpMethod.Post, "/v1/rank", ranker, JsonContent.Create(new { userId = UserId, candidates = new[] { new { itemId = "item-1" } } }));
            ranked.EnsureSuccessStatusCode();
            using HttpResponseMessage answer = await SendAsync(http, HttpMethod.Get, "/dashboard/" + path, admin);
            return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Cancellation);
        },
        condition,
        cancellationToken: Cancellation);

    private static async Task<string> MakeKeyAsync(HttpClient http, string admin)
    {
        using HttpResponseMessage answer = await SendAsync(http, HttpMethod.Post, "/v1/keys", admin, JsonContent.Create(new { note = "ranker", scopes = new[] { "rank" } }));
        string key = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("key").GetString()!;
        await Eventually.BecomesAsync("the gateway knows the key", () => StatusAsync(http, "/v1/schema", key), status => status == HttpStatusCode.OK, cancellationToken: Cancellation);
        return key;
    }

    /// <summary>The status of an answer; null where nothing answers yet.</summary>
    private static async Task<HttpStatusCode?> StatusAsync(HttpClient http, string path, string? key)
    {
        try
        {
            using HttpResponseMessage answer = await SendAsync(http, HttpMethod.Get, path, key);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient http, HttpMethod method, string path, string? key, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return http.SendAsync(request, Cancellation);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
