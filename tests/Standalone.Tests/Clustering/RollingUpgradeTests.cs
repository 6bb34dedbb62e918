using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DinOrleans.Standalone.Tests.Durability;
using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests.Clustering;

/// <summary>The silos of a cluster are restarted one after the other, as an upgrade does, while callers go on.</summary>
[Trait("Category", "PostgreSql")]
[Trait("Category", "Slow")]
public sealed class RollingUpgradeTests
{
    private const int Silos = 3;
    private const int Users = 60;
    private const int RankingCallers = 6;
    private const int EventCallers = 4;
    private static readonly TimeSpan BetweenRequests = TimeSpan.FromMilliseconds(20);

    /// <summary>Time enough on a machine that has other work: what must not fail here fails for its cause, and not because it was slow.</summary>
    private static readonly Dictionary<string, string> Patience = new()
    {
        ["Gateway__RankingTimeout"] = "00:00:25",
        ["Gateway__RepeatCallsFor"] = "00:00:10",
    };

    /// <summary>A call that met a leaving silo for this long is refused by right. Here that only happens where the other silos wait for the processor.</summary>
    private static readonly TimeSpan RefusedByRight = TimeSpan.FromSeconds(9.5);

    private readonly ConcurrentQueue<string> _failures = [];
    private int _ranked;
    private int _appended;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Silos_RestartedOneByOne_FailNoRequestAndKeepEveryAcknowledgedEventOnce()
    {
        await using ClusterProcesses cluster = await ClusterProcesses.StartAsync(silos: Silos, gateways: 1, environment: Patience);
        EventClient[] clients = [.. Enumerable.Range(0, EventCallers)
            .Select(n => new EventClient($"c{n}", $"writes-{n}", n, cluster.ItemIds, DateTimeOffset.UtcNow.AddDays(-1)))];
        using var over = new CancellationTokenSource();
        Task load = Task.WhenAll(
        [
            .. Enumerable.Range(0, RankingCallers).Select(caller => RepeatAsync(n => RankAsync(cluster, $"user-{((n * RankingCallers) + caller) % Users}"), over.Token)),
            .. clients.Select(client => RepeatAsync(_ => AppendAsync(cluster, client), over.Token)),
        ]);
        await AllAreServedAsync();

        for (int silo = 0; silo < Silos; silo++)
        {
            await cluster.RestartSiloAsync(silo);
            await AllAreServedAsync();
        }

        await over.CancelAsync();
        await load;
        await Held.AssertAsync(cluster.Http[0], clients, nothingElse: true);
    }

    /// <summary>Waits until every user was ranked for again and events were acknowledged again, without any failure so far.</summary>
    private async Task AllAreServedAsync()
    {
        int ranked = Volatile.Read(ref _ranked) + (2 * Users);
        int appended = Volatile.Read(ref _appended) + (2 * EventCallers);
        await Eventually.BecomesAsync(
            "callers are served",
            () => (Ranked: Volatile.Read(ref _ranked), Appended: Volatile.Read(ref _appended), Failures: _failures.Count),
            state => state.Failures > 0 || (state.Ranked >= ranked && state.Appended >= appended),
            cancellationToken: Cancellation);
        Assert.True(_failures.IsEmpty, string.Join('\n', _failures.Take(3)));
    }

    private async Task RepeatAsync(Func<int, Task> request, CancellationToken over)
    {
        for (int n = 0; !over.IsCancellationRequested; n++)
        {
            try
            {
                await request(n);
            }
            catch (Exception e)
            {
                _failures.Enqueue($"{DateTimeOffset.UtcNow:O} {e}");
            }

            await Task.Delay(BetweenRequests, Cancellation);
        }
    }

    private async Task RankAsync(ClusterProcesses cluster, string user)
    {
        long start = Stopwatch.GetTimestamp();
        using HttpResponseMessage answer = await cluster.Http[0].PostAsJsonAsync(
            "/v1/rank", new { userId = user, candidates = cluster.ItemIds.Take(5).Select(itemId => new { itemId }) }, Cancellation);
        string body = await answer.Content.ReadAsStringAsync(Cancellation);
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable && Stopwatch.GetElapsedTime(start) > RefusedByRight)
        {
            return;
        }

        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"ranking for {user}: {answer.StatusCode} {body}");

        // A silo that has just started ranks with the model too.
        Assert.Equal("model", JsonSerializer.Deserialize<JsonElement>(body).GetProperty("source").GetString());
        Interlocked.Increment(ref _ranked);
    }

    private async Task AppendAsync(ClusterProcesses cluster, EventClient client)
    {
        long start = Stopwatch.GetTimestamp();
        if (await client.TryPostAsync(cluster.Http[0], Cancellation))
        {
            Interlocked.Increment(ref _appended);
        }
        else
        {
            Assert.True(Stopwatch.GetElapsedTime(start) > RefusedByRight, $"The events of {client.UserId} were not acknowledged.");
        }
    }
}
