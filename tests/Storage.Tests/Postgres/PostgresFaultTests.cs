using DinOrleans.Contracts;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Items;
using DinOrleans.TestMachine;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DinOrleans.Storage.Tests.Postgres;

/// <summary>A cluster's stores when the server goes away, and when several processes write at once.</summary>
public sealed class PostgresFaultTests(SharedServer shared)
{
    private const int Callers = 8;
    private const int EventsACall = 20;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AppendAsync_ServerStoppedAndStarted_FailsRetryablyLosesNothingAndResumes()
    {
        using PostgresServer? server = PostgresServer.TryStart(out string whyNot);
        Assert.SkipWhen(server is null, whyNot);
        string database = server.CreateDatabase();
        await using StoreProcess process = await PostgresStores.StartAsync(database);
        IBehaviourLog log = process.Services.GetRequiredService<IBehaviourLog>();
        for (int round = 0; round < 3; round++)
        {
            int[] acknowledged = new int[Callers];
            Task<int>[] callers = [.. Enumerable.Range(0, Callers).Select(user => AppendUntilAwayAsync(log, $"r{round}u{user}", acknowledged, user))];

            // Some writes are acknowledged, others under way, when the server goes.
            await UntilAsync(() => acknowledged.Sum(calls => Volatile.Read(ref calls)) > 50 * Callers);
            server.Stop();
            int[] done = await Task.WhenAll(callers);
            await Assert.ThrowsAsync<StoreUnavailableException>(() => log.ReadRecentAsync("u", null, 10, Cancellation));
            await Assert.ThrowsAsync<StoreUnavailableException>(() => log.AppendAsync([Event("u", 0)], Cancellation));

            server.Start();
            for (int user = 0; user < Callers; user++)
            {
                AppendResult retried = await ResumedAsync(() => log.AppendAsync(Events($"r{round}u{user}", done[user]), Cancellation));
                Assert.Equal(EventsACall, retried.Accepted + retried.Duplicates);
                IReadOnlyList<BehaviourEvent> held = await ResumedAsync(() => log.ReadRecentAsync($"r{round}u{user}", null, int.MaxValue, Cancellation));
                Assert.Equal(Enumerable.Range(0, (done[user] + 1) * EventsACall).Select(n => $"e{n}"), held.Select(e => e.EventId));
            }
        }
    }

    [Fact]
    public async Task AppendAsync_SameEventsFromSeveralProcesses_AreAppliedOnce()
    {
        string database = shared.CreateDatabase();
        await using StoreProcess first = await PostgresStores.StartAsync(database);
        await using StoreProcess second = await PostgresStores.StartAsync(database);
        IBehaviourLog[] logs = [.. new[] { first, second }.Select(p => p.Services.GetRequiredService<IBehaviourLog>())];

        // Every process sends every event, in orders of its own: rows are asked for crosswise.
        AppendResult[] results = await Task.WhenAll(logs.SelectMany((log, process) => Enumerable.Range(0, 100).Select(call =>
        {
            BehaviourEvent[] events = [.. Enumerable.Range(0, 50).Select(n => Event($"u{n}", call))];
            new Random(call + (1000 * process)).Shuffle(events);
            return log.AppendAsync(events, Cancellation);
        })));
        Assert.Equal(new AppendResult(5_000, 5_000), results.Aggregate((a, b) => a + b));
        Assert.Equal(5_000, await logs[0].ReadAllAsync(Cancellation).CountAsync(Cancellation));
        Assert.Equal(5_000, (await logs[1].CountByItemAsync(["click"], Cancellation)).Values.Sum());
    }

    [Fact]
    public async Task EraseUserAsync_WhileOthersAppend_LeavesNothingFromBeforeIt()
    {
        string database = shared.CreateDatabase();
        await using StoreProcess first = await PostgresStores.StartAsync(database);
        await using StoreProcess second = await PostgresStores.StartAsync(database);
        IBehaviourLog eraser = second.Services.GetRequiredService<IBehaviourLog>();
        IBehaviourLog log = first.Services.GetRequiredService<IBehaviourLog>();
        Task[] appends = [.. Enumerable.Range(0, 200).Select(call => (Task)log.AppendAsync([Event("erased", call), Event("kept", call)], Cancellation))];
        await eraser.EraseUserAsync("erased", Cancellation);
        await Task.WhenAll(appends);
        Assert.Empty(await log.ReadRecentAsync("erased", null, 1_000, Cancellation));
        Assert.Equal(200, (await log.ReadRecentAsync("kept", null, 1_000, Cancellation)).Count);
        Assert.Equal(200, (await log.CountByItemAsync(["click"], Cancellation)).Values.Sum());
    }

    [Fact]
    public async Task PutAsync_ItemsFromSeveralProcesses_NeverShowALaterRevisionFirst()
    {
        string database = shared.CreateDatabase();
        await using StoreProcess first = await PostgresStores.StartAsync(database);
        await using StoreProcess second = await PostgresStores.StartAsync(database);
        IItemStore[] stores = [.. new[] { first, second }.Select(p => p.Services.GetRequiredService<IItemStore>())];
        Task<long[]> writes = Task.WhenAll(Enumerable.Range(0, 200).Select(n => stores[n % 2].PutAsync([new($"i{n}", EmptyFeatures.Instance)], Cancellation)));
        HashSet<string> seen = [];
        for (long revision = 0; !writes.IsCompleted || seen.Count < 200;)
        {
            await foreach ((long written, Item item) in stores[0].ReadSinceAsync(revision, Cancellation))
            {
                revision = written;
                seen.Add(item.ItemId);
            }

            Assert.False(writes.IsFaulted);
        }

        Assert.Equal(200, (await writes).Distinct().Count());
    }

    [Fact]
    public async Task StartingAsync_NewerTables_SaysWhichVersionsAndChangesNothing()
    {
        string database = shared.CreateDatabase();
        await (await PostgresStores.StartAsync(database)).DisposeAsync();
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(database);
        await source.CreateCommand("UPDATE schema_versions SET version = 1000").ExecuteNonQueryAsync(Cancellation);
        var e = await Assert.ThrowsAsync<InvalidDataException>(() => PostgresStores.StartAsync(database));
        Assert.Contains("version 1000 of the tables of stores", e.Message, StringComparison.Ordinal);
        Assert.Equal(1000, await source.CreateCommand("SELECT version FROM schema_versions").ExecuteScalarAsync(Cancellation));
    }

    [Fact]
    public async Task StartingAsync_ManyProcessesAtOnce_MakeTheTablesOnce()
    {
        string database = shared.CreateDatabase();
        StoreProcess[] processes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostgresStores.StartAsync(database)));
        foreach (StoreProcess process in processes)
        {
            await process.DisposeAsync();
        }
    }

    [Fact]
    public async Task StartingAsync_NoServer_SaysSo()
    {
        var e = await Assert.ThrowsAsync<IOException>(() => PostgresStores.StartAsync("Host=127.0.0.1;Port=1;Username=u;Database=d"));
        Assert.StartsWith("The database cannot be used", e.Message, StringComparison.Ordinal);
    }

    /// <returns>Calls that were acknowledged before the first that was refused.</returns>
    private static async Task<int> AppendUntilAwayAsync(IBehaviourLog log, string user, int[] acknowledged, int index)
    {
        for (int call = 0; ; call++)
        {
            try
            {
                await log.AppendAsync(Events(user, call), Cancellation);
                Volatile.Write(ref acknowledged[index], call + 1);
            }
            catch (StoreUnavailableException)
            {
                return call;
            }
        }
    }

    /// <summary>A connection that broke while it was idle is found out by its next use.</summary>
    private static async Task<T> ResumedAsync<T>(Func<Task<T>> call)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (StoreUnavailableException)
            {
                Cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            Cancellation.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static BehaviourEvent[] Events(string user, int call) => [.. Enumerable.Range(call * EventsACall, EventsACall).Select(n => Event(user, n))];

    private static BehaviourEvent Event(string user, int n) => new()
    {
        EventId = $"e{n}",
        UserId = user,
        ItemId = $"i{n % 100}",
        Type = "click",
        Timestamp = DateTimeOffset.UnixEpoch.AddSeconds(n),
    };
}
