using System.Net;
using DinOrleans.Standalone.Tests.Clustering;
using DinOrleans.Standalone.Tests.Durability;
using DinOrleans.Standalone.Tests.Processes;
using Npgsql;

namespace DinOrleans.Standalone.Tests.Backups;

/// <summary>The dump of a cluster's database under load, and the cluster that is started on what was restored, by the lines of docs/operation.md.</summary>
[Trait("Category", "Slow")]
[Trait("Category", "PostgreSql")]
public sealed class PostgresBackupTests
{
    private const int Clients = 4;
    private const int RequestsBefore = 10;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cluster_OnARestoredDump_HasEveryEventFromBeforeItAndNobodyWhoWasErasedSince()
    {
        using var shop = new PostgresShop();
        Assert.SkipUnless(shop.Server.CanDump, "pg_dump and pg_restore are not installed on this machine.");
        EventClient[] clients = [.. Enumerable.Range(0, Clients).Select(i => new EventClient($"c{i}", $"user-{i}-of-a-dump", i, shop.Shop.ItemIds, DateTimeOffset.UtcNow.AddDays(-1)))];
        string folder = shop.Server.MakeFolder();
        string dump = Path.Combine(folder, "dinorleans.dump");
        string data = Path.Combine(folder, "data");
        SentEvent[][] before;
        await using (StandaloneProcess server = await shop.StartAsync(FreePort.Take(3), Cancellation))
        {
            foreach (EventClient client in clients)
            {
                for (int request = 0; request < RequestsBefore; request++)
                {
                    Assert.True(await client.TryPostAsync(server.Http, Cancellation));
                }
            }

            before = [.. clients.Select(c => c.Acknowledged.ToArray())];
            using (var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation))
            {
                Task load = Task.WhenAll(clients.Select(client => Task.Run(() => client.PostAsync(server.Http, () => { }, stop.Token))));
                shop.Server.RunClient(
                    "pg_dump", "--format=custom", "--exclude-table-data=cluster_silos", "--exclude-table-data=cluster_versions", "--file=" + dump,
                    new NpgsqlConnectionStringBuilder(shop.Database).Database!);
                CopyFolder(Path.Combine(shop.Shop.Data, "versions"), Path.Combine(data, "versions"));
                Assert.False(load.IsCompleted, "The server stopped acknowledging.");
                await stop.CancelAsync();
                await load;
            }

            using HttpResponseMessage erased = await server.Http.DeleteAsync($"/v1/users/{clients[0].UserId}", Cancellation);
            Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
            await server.KillAsync(Cancellation);
        }

        string second = shop.Server.CreateDatabase();
        shop.Server.RunClient("pg_restore", "--no-owner", "--exit-on-error", "--dbname=" + new NpgsqlConnectionStringBuilder(second).Database, dump);
        string journal = Path.Combine(shop.Shop.Data, "erasures");
        string told = (await Commands.RunAsync("Cli", Cancellation, "erasures", "apply", journal, "--store", second)).Succeeded();
        Assert.Equal("1 users had to be erased again, of 1 whose erasure is known.\n", told);
        Assert.Contains("Nothing is wrong.", (await Commands.RunAsync("Cli", Cancellation, "doctor", data, "--postgres", second)).Succeeded(), StringComparison.Ordinal);

        await using StandaloneProcess first = await StartOnAsync(shop, second, data);
        await using StandaloneProcess other = await StartOnAsync(shop, second, data);
        foreach (StandaloneProcess member in (StandaloneProcess[])[first, other])
        {
            await member.WaitAsync("/health/ready", body => body.Contains("\"model\"", StringComparison.Ordinal), Cancellation);
            Assert.Empty(await Held.AllAsync(member.Http, clients[0].UserId));
            for (int i = 1; i < Clients; i++)
            {
                List<SentEvent> held = await Held.AllAsync(member.Http, clients[i].UserId);
                Assert.Empty(before[i].Except(held));
                Assert.Equal(held.Count, held.Select(e => e.EventId).Distinct().Count());
            }
        }

        Assert.True(await clients[1].TryPostAsync(other.Http, Cancellation));
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static Task<StandaloneProcess> StartOnAsync(PostgresShop shop, string database, string data) => StandaloneProcess.StartAsync(
        Cancellation,
        "--dataset", shop.Shop.Dataset, "--data", data, "--Silo:Backend", "PostgreSql", "--Silo:ConnectionString", database, "--Silo:AdvertisedAddress", "127.0.0.1",
        "--Training:Enabled", "false");
}
