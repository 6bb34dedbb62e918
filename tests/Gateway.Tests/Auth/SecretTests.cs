using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using DinOrleans.Contracts.Keys;
using DinOrleans.Gateway.Tests.Hosting;

namespace DinOrleans.Gateway.Tests.Auth;

/// <summary>Secrets stay out of everything that is written down, and changes are written down.</summary>
[Collection(GatewayCollection.Name)]
public sealed class SecretTests(GatewayFixture gateway)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_OfEveryOutcome_LeaveNoSecretInLogsTracesMetricsAndAnswers()
    {
        var traced = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => traced.Enqueue($"{activity.DisplayName} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Baggage)}"),
        };
        ActivitySource.AddActivityListener(listener);
        await using KeyedGateway keyed = await KeyedGateway.StartAsync(gateway);
        string admin = await keyed.AddKeyAsync(ApiScopes.All.ToArray());
        using HttpResponseMessage made = await keyed.SendAsync(admin, HttpMethod.Post, "/v1/keys", """{"note":"secret test","scopes":["models"]}""");
        string key = (await made.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("key").GetString()!;
        string wrong = key[..17] + new string('A', 43);
        gateway.Script.Failures["secret-fails"] = new InvalidOperationException("not foreseen");
        (string Key, HttpMethod Method, string Path, string? Body)[] requests =
        [
            (key, HttpMethod.Get, "/v1/models", null),
            (key, HttpMethod.Get, "/v1/keys", null),
            (wrong, HttpMethod.Get, "/v1/models", null),
            (key + "=", HttpMethod.Get, "/v1/models", null),
            (key, HttpMethod.Get, "/v1/nowhere", null),
            (admin, HttpMethod.Post, "/v1/rank", """{"userId":"secret-fails","candidates":[{"itemId":"a"}]}"""),
            (admin, HttpMethod.Get, "/fails", null),
            (admin, HttpMethod.Post, "/v1/keys", "{}"),
            (admin, HttpMethod.Delete, $"/v1/keys/{key[4..16]}", null),
            (key, HttpMethod.Get, "/v1/models", null),
        ];
        var said = new StringBuilder();
        foreach ((string sent, HttpMethod method, string path, string? body) in requests)
        {
            using HttpResponseMessage answer = await keyed.SendAsync(sent, method, path, body);
            said.Append(answer.Headers).Append(await answer.Content.ReadAsStringAsync(Cancellation));
        }

        using HttpResponseMessage metrics = await keyed.SendAsync(admin, HttpMethod.Get, "/metrics");
        Assert.Equal(HttpStatusCode.OK, metrics.StatusCode);
        said.Append(await metrics.Content.ReadAsStringAsync(Cancellation)).AppendJoin('\n', keyed.Logs.Lines).AppendJoin('\n', traced);
        Assert.NotEmpty(keyed.Logs.Lines);
        Assert.NotEmpty(traced);
        Assert.All((string[])[admin[17..], key[17..], new string('A', 43)], secret => Assert.DoesNotContain(secret, said.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Changes_ByAKey_AreInTheAuditLogWithWhoAndWhat()
    {
        await using KeyedGateway keyed = await KeyedGateway.StartAsync(gateway);
        string key = await keyed.AddKeyAsync(info => info with { Note = "back office" }, [.. ApiScopes.All]);
        string who = $"Audit: key {key[4..16]} (back office)";
        (HttpMethod Method, string Path, string? Body, string Line)[] changes =
        [
            (HttpMethod.Post, "/v1/models", """{"version":"v1"}""", " published model version v1"),
            (HttpMethod.Post, "/v1/models/v1/activate", "", " activated model version v1"),
            (HttpMethod.Put, "/v1/experiments/audited", """{"mode":"split","arms":[{"name":"a","version":"v2","share":10}]}""", " started experiment audited"),
            (HttpMethod.Post, "/v1/experiments/audited/promote", """{"arm":"a"}""", " promoted an arm of experiment audited"),
            (HttpMethod.Post, "/v1/experiments/audited/stop", "", " stopped experiment audited"),
            (HttpMethod.Delete, "/v1/experiments/audited", null, " deleted experiment audited"),
            (HttpMethod.Post, "/v1/trainings", "{}", " asked for training t3"),
            (HttpMethod.Delete, "/v1/users/audited", null, " erased the user whose id has the SHA-256 b19b2022fbca5eebe2f23af94ff755f30bbd176d59e5e1c746e11b0adde61a7a"),
            (HttpMethod.Post, "/v1/keys", """{"note":"n","scopes":["rank","events"]}""", " with the scopes rank events"),
            (HttpMethod.Delete, $"/v1/keys/{key[4..16]}", null, $" revoked key {key[4..16]}"),
        ];
        foreach ((HttpMethod method, string path, string? body, string line) in changes)
        {
            keyed.Logs.Lines.Clear();
            using HttpResponseMessage answer = await keyed.SendAsync(key, method, path, body);
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
            string audited = Assert.Single(keyed.Logs.Lines, l => l.StartsWith("Audit: ", StringComparison.Ordinal));
            Assert.StartsWith(who, audited, StringComparison.Ordinal);
            Assert.EndsWith(line, audited, StringComparison.Ordinal);
        }
    }
}
