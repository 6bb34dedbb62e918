using System.Diagnostics;
using System.Net;
using System.Text.Json;
using DinOrleans.Standalone.Tests.Clustering;
using DinOrleans.Standalone.Tests.Durability;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests.Deployment;

/// <summary>
/// What <c>deploy/compose.yml</c> promises: nothing is lost, nothing is doubled, and nobody gets in, while each process is restarted and one is killed, and on a
/// backup that was made meanwhile.
/// </summary>
[Trait("Category", "PostgreSql")]
[Trait("Category", "Slow")]
public sealed class DeploymentTests
{
    private const int VisitsARun = 60;
    private const int FewestRefused = 50;

    /// <summary>The pace of each writer: the restarted processes share the machine with the load.</summary>
    private static readonly TimeSpan BetweenRequests = TimeSpan.FromMilliseconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cluster_OfTheComposeFile_LosesDoublesAndAllowsNothingThroughRestartsAKillAndARestore()
    {
        await using DeployedCluster cluster = await DeployedCluster.StartAsync();
        Assert.All(cluster.Listening, l => Assert.True(IPAddress.IsLoopback(l.Address), l.ToString()));
        Assert.InRange(cluster.Listening.Count, DeployedCluster.Members.Count + 4, int.MaxValue);
        string admin = await FirstKeyAsync(cluster);
        (await RunAsync(admin, "publish", cluster.Shop.Artifact, "--to", cluster.Gateways[0].ToString())).Succeeded();
        using HttpClient owner = DeployedCluster.Client(cluster.Gateways[0], admin);
        await DatasetUpload.SendAsync(owner, cluster.Shop.Dataset, Cancellation);
        await Eventually.BecomesAsync("the version serves", () => cluster.ReadinessAsync("gateway-2"), answer => answer.Contains("\"model\"", StringComparison.Ordinal), cancellationToken: Cancellation);
        string shopper = await MakeKeyAsync(cluster, admin, "rank,events,users.read");
        string ranker = await MakeKeyAsync(cluster, admin, "rank");

        // Who has no certificate is there all the time, with the database's password.
        MemberProcess strangeSilo = cluster.StartStranger("silo"), strangeGateway = cluster.StartStranger("gateway");
        var intruders = new Intruders(cluster.Gateways, ranker);
        EventClient[] clients = [.. Enumerable.Range(0, 4).Select(n => new EventClient($"c{n}", $"writer-{n % 2}", n, cluster.Shop.ItemIds, DateTimeOffset.UtcNow.AddDays(-1)))];
        var leaver = new EventClient("leaver", "erased-after-the-backup", 0, cluster.Shop.ItemIds, DateTimeOffset.UtcNow.AddDays(-1));
        Assert.True(await leaver.TryPostAsync(owner, Cancellation));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task<long>[] shopping = [.. cluster.Gateways.Select((gateway, n) => ShopAsync(cluster, gateway, shopper, seed: n, over.Token))];
        Task[] others = [.. clients.Select((client, n) => WriteAsync(client, cluster.Gateways, shopper, over.Token)), intruders.CallAsync(over.Token)];
        string revoked;
        RestoredCluster backup;
        try
        {
            foreach (string member in DeployedCluster.Members)
            {
                await cluster.RestartAsync(member);
            }

            await cluster.KillAsync("silo-1");
            revoked = await IsRevokedEverywhereAsync(cluster, admin);
            backup = await RestoredCluster.BackUpAsync(cluster, clients);
            await intruders.AreRefusedAsync(FewestRefused);
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll([.. shopping, .. others]);
        }

        using HttpClient reader = DeployedCluster.Client(cluster.Gateways[1], shopper);
        await Held.AssertAsync(reader, clients, nothingElse: true);
        Assert.True(clients.Sum(c => c.Acknowledged.Count) > 0 && clients.Sum(c => c.Retries) > 0, "No event was sent while a process was away.");
        Assert.Equal(shopping.Sum(s => s.Result), (await RestoredCluster.ClicksAsync(cluster.Database)).Length);
        Assert.Empty(intruders.Allowed);
        await AssertStaysOutAsync(cluster, "strange-silo", strangeSilo);
        await AssertStaysOutAsync(cluster, "strange-gateway", strangeGateway);
        using HttpResponseMessage erased = await owner.DeleteAsync(new Uri($"/v1/users/{leaver.UserId}", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
        await backup.AssertLosesDoublesAndAllowsNothingAsync(leaver.UserId, revoked, shopper, ranker);
    }

    /// <summary>Lets shoppers visit a gateway again and again until the time is over.</summary>
    /// <returns>The clicks on ranked items that were acknowledged.</returns>
    private static async Task<long> ShopAsync(DeployedCluster cluster, Uri gateway, string key, int seed, CancellationToken over)
    {
        long clicks = 0;
        for (int run = 0; !over.IsCancellationRequested; run++)
        {
            CommandResult result = await RunAsync(
                key, "shoppers", "--url", gateway.ToString(), "--shop", cluster.Shop.Dataset, "--candidates", "20", "--limit", "5", "--visits", $"{VisitsARun}", "--rate", "20",
                "--report", "0", "--json", "--patience", "120", "--seed", $"{(100 * seed) + run}");
            if (result.ExitCode == 1 && (result.Error.Contains("cannot be reached", StringComparison.Ordinal) || result.Error.Contains("health/live", StringComparison.Ordinal)))
            {
                // The gateway is being restarted, and the run ended before its first visit.
                Assert.Empty(result.Output);
                continue;
            }

            JsonElement report = JsonElement.Parse(result.Succeeded());
            Assert.True(report.GetProperty("errors").GetArrayLength() == 0, report.ToString());
            Assert.Equal(VisitsARun, report.GetProperty("total").GetProperty("rankings").GetInt32());
            clicks += report.GetProperty("total").GetProperty("clicks").GetInt64();
        }

        return clicks;
    }

    /// <summary>Sends events to the gateways in turn, each until one of them has acknowledged it.</summary>
    private static async Task WriteAsync(EventClient client, IReadOnlyList<Uri> gateways, string key, CancellationToken over)
    {
        HttpClient[] http = [.. gateways.Select(g => DeployedCluster.Client(g, key))];
        for (int n = 0; !over.IsCancellationRequested; n++)
        {
            await Eventually.BecomesAsync("events are acknowledged", () => client.TryPostAsync(http[n++ % http.Length], Cancellation), done => done, cancellationToken: Cancellation);
            await Task.Delay(BetweenRequests, Cancellation);
        }

        Array.ForEach(http, h => h.Dispose());
    }

    /// <summary>
    /// Asserts that both gateways take a key until it is revoked, and refuse it then. How soon they do is the subject of tests with a clock of their own.
    /// </summary>
    /// <returns>The key.</returns>
    private static async Task<string> IsRevokedEverywhereAsync(DeployedCluster cluster, string admin)
    {
        string key = await MakeKeyAsync(cluster, admin, "models");
        (await RunAsync(admin, "keys", "revoke", key[4..16], "--url", cluster.Gateways[0].ToString())).Succeeded();
        await Eventually.BecomesAsync(
            "both gateways refuse the revoked key",
            () => Task.WhenAll(cluster.Gateways.Select(g => DeployedCluster.StatusAsync(g, key))),
            statuses => statuses.All(s => s == HttpStatusCode.Unauthorized),
            cancellationToken: Cancellation);
        return key;
    }

    /// <summary>Asserts that a process without a certificate was not let in, and that it says what it lacks.</summary>
    private static async Task AssertStaysOutAsync(DeployedCluster cluster, string name, MemberProcess stranger)
    {
        Assert.DoesNotContain("200 ", await cluster.ReadinessAsync(name), StringComparison.Ordinal);
        Assert.Contains("certificate", stranger.Output, StringComparison.Ordinal);
    }

    private static async Task<string> MakeKeyAsync(DeployedCluster cluster, string admin, string scopes)
    {
        // The silo that would make it may just have been killed. One key more does no harm.
        CommandResult made = await Eventually.BecomesAsync(
            "a key is made",
            () => RunAsync(admin, "keys", "make", "--note", scopes, "--scopes", scopes, "--url", cluster.Gateways[0].ToString()),
            result => result.ExitCode == 0,
            cancellationToken: Cancellation);
        string key = made.Succeeded().Trim();
        await Eventually.BecomesAsync(
            "both gateways know the key",
            () => Task.WhenAll(cluster.Gateways.Select(g => DeployedCluster.StatusAsync(g, key))),
            statuses => statuses.All(s => s is HttpStatusCode.OK or HttpStatusCode.Forbidden),
            cancellationToken: Cancellation);
        return key;
    }

    /// <summary>The key that one of the gateways has printed.</summary>
    private static async Task<string> FirstKeyAsync(DeployedCluster cluster)
    {
        string output = await Eventually.BecomesAsync(
            "a gateway has printed the first key",
            () => cluster.Process("gateway-1").Output + cluster.Process("gateway-2").Output,
            text => text.Contains("dok_", StringComparison.Ordinal),
            cancellationToken: Cancellation);
        return output.Split('\n').Single(line => line.Contains("dok_", StringComparison.Ordinal)).Trim();
    }

    private static Task<CommandResult> RunAsync(string key, params string[] arguments)
    {
        ProcessStartInfo start = Commands.Start("Cli", arguments);
        start.Environment["DINORLEANS_KEY"] = key;
        return Commands.RunAsync(start, Cancellation);
    }
}
