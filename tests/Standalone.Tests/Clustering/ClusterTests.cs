using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DinOrleans.Standalone.Tests.Durability;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests.Clustering;

/// <summary>Servers in processes of their own that are one cluster through PostgreSQL.</summary>
[Trait("Category", "PostgreSql")]
[Trait("Category", "Slow")]
public sealed class ClusterTests
{
    private const int Users = 20;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Servers_OfOneCluster_SeeEachOthersWritesAndOneGoesOnAlone()
    {
        using var cluster = new PostgresShop();
        await using StandaloneProcess first = await cluster.StartAsync(FreePort.Take(3), Cancellation);
        await using StandaloneProcess second = await cluster.StartAsync(FreePort.Take(3), Cancellation);
        string[] users = [.. Enumerable.Range(0, Users).Select(n => $"of-both-{n}")];

        // Whichever takes the events, the other's next ranking uses them: some users' grains are in the one process, some in the other.
        foreach (string user in users)
        {
            Assert.Equal(1, await AppendAsync(first.Http, user, "e1", cluster.Shop.ItemIds[0]));
            Assert.Equal(1, await HistoryLengthAsync(second.Http, user, cluster));
            Assert.Equal(1, await AppendAsync(second.Http, user, "e2", cluster.Shop.ItemIds[1]));
            Assert.Equal(0, await AppendAsync(first.Http, user, "e2", cluster.Shop.ItemIds[1]));
            Assert.Equal(2, await HistoryLengthAsync(first.Http, user, cluster));
        }

        using HttpResponseMessage put = await first.Http.PutAsJsonAsync("/v1/items", new { items = new[] { new { itemId = "brand-new", features = new { } } } }, Cancellation);
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        await Eventually.BecomesAsync("both know the item", () => IsUnknownAsync(second.Http, "brand-new"), unknown => !unknown, cancellationToken: Cancellation);
        await first.KillAsync(Cancellation);
        foreach (string user in users)
        {
            Assert.Equal(2, await ResumedAsync(() => HistoryLengthAsync(second.Http, user, cluster)));

            // One that was answered 503 because it took too long may have been applied. It is then sent once more.
            await ResumedAsync(() => AppendAsync(second.Http, user, "e3", cluster.Shop.ItemIds[2]));
            Assert.Equal(3, await HistoryLengthAsync(second.Http, user, cluster));
        }
    }

    [Fact]
    public async Task Server_WhileItsDatabaseIsAway_Answers503AndResumes()
    {
        using var cluster = new PostgresShop();
        await using StandaloneProcess server = await cluster.StartAsync(FreePort.Take(3), Cancellation);
        EventClient[] clients = [.. Enumerable.Range(0, 8).Select(n => new EventClient($"c{n}", $"away-{n % 4}", n, cluster.Shop.ItemIds, DateTimeOffset.UtcNow.AddDays(-1)))];
        for (int round = 0; round < 3; round++)
        {
            int acknowledged = 0;
            using var loading = new CancellationTokenSource();
            Task load = Task.WhenAll(clients.Select(c => Task.Run(() => c.PostAsync(server.Http, () => Interlocked.Increment(ref acknowledged), loading.Token))));
            await Eventually.BecomesAsync(
                "enough events are acknowledged",
                () => (Acknowledged: Volatile.Read(ref acknowledged), Failure: load.Exception),
                state => state.Acknowledged >= 100 || state.Failure is not null,
                cancellationToken: Cancellation);
            Assert.False(load.IsFaulted, load.Exception?.ToString());
            cluster.Server.Stop();
            await load;

            using HttpResponseMessage refused = await server.Http.PostAsJsonAsync("/v1/events", Events("away-0", $"r{round}", cluster.Shop.ItemIds[0]), Cancellation);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
            Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
            using HttpResponseMessage cold = await server.Http.PostAsJsonAsync("/v1/rank", Rank($"cold-{round}", cluster), Cancellation);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, cold.StatusCode);

            await server.WaitAsync("/health/ready", body => body.Contains("\"writes\":false", StringComparison.Ordinal), Cancellation);

            cluster.Server.Start();
            await server.WaitAsync("/health/ready", body => body.Contains("\"writes\":true", StringComparison.Ordinal), Cancellation);
            foreach (EventClient client in clients)
            {
                await Eventually.BecomesAsync("events are accepted again", () => client.TryPostAsync(server.Http, Cancellation), done => done, cancellationToken: Cancellation);
            }

            await ResumedAsync(() => HistoryLengthAsync(server.Http, "away-0", cluster));
            await Held.AssertAsync(server.Http, clients, nothingElse: true);
        }
    }

    /// <returns>How many were applied.</returns>
    private static async Task<int> AppendAsync(HttpClient http, string user, string eventId, string item)
    {
        using HttpResponseMessage answer = await http.PostAsJsonAsync("/v1/events", Events(user, eventId, item), Cancellation);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("accepted").GetInt32();
    }

    private static object Events(string user, string eventId, string item) =>
        new { events = new[] { new { eventId, userId = user, itemId = item, type = "click", timestamp = DateTimeOffset.UtcNow } } };

    private static object Rank(string user, PostgresShop cluster) => new { userId = user, candidates = cluster.Shop.ItemIds.Take(5).Select(itemId => new { itemId }) };

    private static async Task<int> HistoryLengthAsync(HttpClient http, string user, PostgresShop cluster)
    {
        using HttpResponseMessage answer = await http.PostAsJsonAsync("/v1/rank", Rank(user, cluster), Cancellation);
        JsonElement ranking = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal("model", ranking.GetProperty("source").GetString());
        return ranking.GetProperty("historyLength").GetInt32();
    }

    private static async Task<bool> IsUnknownAsync(HttpClient http, string item)
    {
        using HttpResponseMessage answer = await http.PostAsJsonAsync("/v1/rank", new { userId = "anyone", candidates = new[] { new { itemId = item } } }, Cancellation);
        JsonElement ranking = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        return ranking.GetProperty("items")[0].TryGetProperty("unknownItem", out JsonElement unknown) && unknown.GetBoolean();
    }

    /// <summary>Calls until the cluster has found out what is gone, which it answers with 503 meanwhile.</summary>
    private static async Task<T> ResumedAsync<T>(Func<Task<T>> call)
    {
        T answer = default!;
        await Eventually.BecomesAsync<HttpRequestException?>(
            "the cluster answers again",
            async () =>
            {
                try
                {
                    answer = await call();
                    return null;
                }
                catch (HttpRequestException e) when (e.StatusCode is HttpStatusCode.ServiceUnavailable)
                {
                    return e;
                }
            },
            failure => failure is null,
            cancellationToken: Cancellation);
        return answer;
    }
}
