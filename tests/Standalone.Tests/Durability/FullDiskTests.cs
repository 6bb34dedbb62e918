using System.Net;
using System.Net.Http.Json;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests.Durability;

/// <summary>A server on a disk that runs full keeps what it acknowledged, says that it takes no more, and goes on when there is room.</summary>
[Trait("Category", "Root")]
public sealed class FullDiskTests : IDisposable
{
    private const int DiskMegabytes = 24;
    private const int Clients = 8;
    private const int Users = 4;

    private readonly TinyShop _shop = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AcknowledgedEvents_DiskRunningFull_AreKeptAndTheServerResumes()
    {
        using SmallDisk? disk = SmallDisk.TryMount(DiskMegabytes, out string whyNot);
        Assert.SkipWhen(disk is null, whyNot);
        string[] arguments = ["--dataset", _shop.Dataset, "--artifact", _shop.Artifact, "--data", Path.Combine(disk.Path, "data")];
        EventClient[] clients = [.. Enumerable.Range(0, Clients).Select(i => new EventClient($"c{i}", $"full-{i % Users}", i, _shop.ItemIds, DateTimeOffset.UtcNow.AddDays(-1)))];
        await using (StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, arguments))
        {
            await server.WaitAsync("/health/ready", body => body.Contains("\"model\"", StringComparison.Ordinal), Cancellation);
            disk.FillHalf();

            // Every client stops at its first refusal.
            await Task.WhenAll(clients.Select(c => Task.Run(() => c.PostAsync(server.Http, () => { }, Cancellation))));
            using HttpResponseMessage refused = await RefusedAsync(server.Http);
            Assert.NotNull(refused.Headers.RetryAfter);
            await Held.AssertAsync(server.Http, clients);
            using HttpResponseMessage ranked = await server.Http.PostAsJsonAsync("/v1/rank", new { userId = "full-0", candidates = new[] { new { itemId = _shop.ItemIds[0] } } }, Cancellation);
            Assert.Equal(HttpStatusCode.OK, ranked.StatusCode);

            disk.Free();
            foreach (EventClient client in clients)
            {
                Assert.True(await client.TryPostAsync(server.Http, Cancellation));
            }

            await Held.AssertAsync(server.Http, clients, nothingElse: true);
            await server.KillAsync(Cancellation);
        }

        await using (StandaloneProcess restarted = await StandaloneProcess.StartAsync(Cancellation, arguments))
        {
            await Held.AssertAsync(restarted.Http, clients, nothingElse: true);
        }
    }

    public void Dispose() => _shop.Dispose();

    /// <summary>One write is small enough to find a gap that a larger one did not; many are not.</summary>
    private async Task<HttpResponseMessage> RefusedAsync(HttpClient http)
    {
        for (int call = 0; ; call++)
        {
            DateTimeOffset time = DateTimeOffset.UtcNow.AddHours(-1);
            HttpResponseMessage answer = await http.PostAsJsonAsync(
                "/v1/events",
                new { events = Enumerable.Range(0, 100).Select(n => new { eventId = $"more-{call}-{n}", userId = "other", itemId = _shop.ItemIds[0], type = "click", timestamp = time }) },
                Cancellation);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                return answer;
            }

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            answer.Dispose();
        }
    }
}
