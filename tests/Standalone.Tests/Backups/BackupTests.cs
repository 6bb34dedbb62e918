using System.Net;
using DinOrleans.Standalone.Tests.Durability;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests.Backups;

/// <summary>A backup beside a server under load, and the server that is started on what was restored.</summary>
[Trait("Category", "Slow")]
public sealed class BackupTests : IDisposable
{
    private const int Clients = 4;
    private const int RequestsBefore = 10;

    private readonly TinyShop _shop = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("backups-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Restore_OfABackupMadeUnderLoad_HasEveryEventFromBeforeItAndNobodyWhoWasErasedSince()
    {
        EventClient[] clients = [.. Enumerable.Range(0, Clients).Select(i => new EventClient($"c{i}", $"user-{i}-of-a-backup", i, _shop.ItemIds, DateTimeOffset.UtcNow.AddDays(-1)))];
        string backup = Path.Combine(_folder, "backup");
        string restored = Path.Combine(_folder, "restored");
        SentEvent[][] before;
        await using (StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, _shop.Arguments))
        {
            await server.LineAsync("curl", Cancellation);
            foreach (EventClient client in clients)
            {
                await PostAsync(client, server.Http, RequestsBefore);
            }

            before = [.. clients.Select(c => c.Acknowledged.ToArray())];
            using (var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation))
            {
                Task load = Task.WhenAll(clients.Select(client => Task.Run(() => client.PostAsync(server.Http, () => { }, stop.Token))));
                (await Commands.RunAsync("Cli", Cancellation, "backup", _shop.Data, "--to", backup)).Succeeded();
                Assert.False(load.IsCompleted, "The server stopped acknowledging.");
                await stop.CancelAsync();
                await load;
            }

            using (HttpResponseMessage erased = await server.Http.DeleteAsync($"/v1/users/{clients[0].UserId}", Cancellation))
            {
                Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
            }

            CommandResult live = await Commands.RunAsync("Cli", Cancellation, "restore", backup, "--to", _shop.Data, "--erasures", _shop.Data);
            Assert.Equal((1, $"error: A server uses {_shop.Data}: stop it, and restore to a new folder.\n"), (live.ExitCode, live.Error));
            await Held.AssertAsync(server.Http, clients[1..]);
            await server.KillAsync(Cancellation);
        }

        string told = (await Commands.RunAsync("Cli", Cancellation, "restore", backup, "--to", restored, "--erasures", _shop.Data)).Succeeded();
        Assert.Contains("; 1 users erased since were erased again.", told, StringComparison.Ordinal);
        Assert.Contains("Nothing is wrong.", (await Commands.RunAsync("Cli", Cancellation, "doctor", restored)).Succeeded(), StringComparison.Ordinal);

        // The version comes from the backup as well: none is given.
        await using StandaloneProcess second = await StandaloneProcess.StartAsync(Cancellation, "--dataset", _shop.Dataset, "--data", restored);
        await second.WaitAsync("/health/ready", body => body.Contains("\"model\"", StringComparison.Ordinal), Cancellation);
        Assert.Empty(await Held.AllAsync(second.Http, clients[0].UserId));
        for (int i = 1; i < Clients; i++)
        {
            List<SentEvent> held = await Held.AllAsync(second.Http, clients[i].UserId);
            Assert.Empty(before[i].Except(held));
            Assert.Equal(held.Count, held.Select(e => e.EventId).Distinct().Count());
        }


        // On a busy machine a write may take longer than readiness waits for it.
        CommandResult health = await Eventually.BecomesAsync(
            "nothing is wrong",
            () => Commands.RunAsync("Cli", Cancellation, "doctor", restored, "--url", second.Http.BaseAddress!.ToString()),
            result => result.Output.Contains("Nothing is wrong.", StringComparison.Ordinal),
            cancellationToken: Cancellation);
        Assert.Contains("A server uses it.", health.Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OnADatabaseThatWasPutBack_ErasesAgainWhoIsInTheJournalKeptElsewhere()
    {
        string journal = Path.Combine(_folder, "journal");
        string older = Path.Combine(_folder, "older");
        string[] arguments = [.. _shop.Arguments, "--Erasures:Folder", journal];
        var client = new EventClient("c", "erased-user", 1, _shop.ItemIds, DateTimeOffset.UtcNow.AddDays(-1));
        await using (StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, arguments))
        {
            await server.LineAsync("curl", Cancellation);
            await PostAsync(client, server.Http, 1);
            Assert.Equal(0, await server.InterruptAsync(Cancellation));
        }

        // As a person does who knows no better: with cp, and without a word about erasures.
        Directory.CreateDirectory(older);
        File.Copy(Path.Combine(_shop.Data, "dinorleans.db"), Path.Combine(older, "dinorleans.db"));
        await using (StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, arguments))
        {
            using HttpResponseMessage erased = await server.Http.DeleteAsync($"/v1/users/{client.UserId}", Cancellation);
            Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
            await server.KillAsync(Cancellation);
        }

        Directory.Delete(_shop.Data, recursive: true);
        Directory.Move(older, _shop.Data);
        await using StandaloneProcess last = await StandaloneProcess.StartAsync(Cancellation, arguments);
        Assert.Empty(await Held.AllAsync(last.Http, client.UserId));
        await Eventually.BecomesAsync(
            "it says who was erased again",
            () => last.Output,
            output => output.Contains("1 erased users were in the database, which is older than the erasure journal", StringComparison.Ordinal),
            cancellationToken: Cancellation);
    }

    public void Dispose()
    {
        _shop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task PostAsync(EventClient client, HttpClient http, int requests)
    {
        for (int request = 0; request < requests; request++)
        {
            Assert.True(await client.TryPostAsync(http, Cancellation));
        }
    }
}
