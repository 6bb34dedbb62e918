using System.Globalization;
using System.Text;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Users;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Features;
using DinOrleans.Storage.Impressions;
using DinOrleans.Storage.Postgres;
using DinOrleans.TestMachine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace DinOrleans.Storage.Tests.Postgres;

/// <summary>A cluster's stores when the server goes away, and when several processes write at once.</summary>
[Trait("Category", "PostgreSql")]
public sealed class PostgresFaultTests(SharedServer shared)
{
    private const int Callers = 8;
    private const int EventsACall = 20;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Category", "Slow")]
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
            await Eventually.BecomesAsync(
                "some writes are acknowledged", () => acknowledged.Sum(calls => Volatile.Read(ref calls)), count => count > 50 * Callers, cancellationToken: Cancellation);
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
            revision = await stores[0].ReadChangesAsync(revision, row => seen.Add(Encoding.UTF8.GetString(row.ItemId)), Cancellation);
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
        await source.CreateCommand("UPDATE schema_versions SET version = 1000, usable_from = 1000").ExecuteNonQueryAsync(Cancellation);
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

    [Fact]
    public async Task AppendAsync_OneThatTheServerNeverTakes_FailsForGoodAndLeavesThoseBesideIt()
    {
        string database = shared.CreateDatabase();
        await using StoreProcess process = await PostgresStores.StartAsync(database);
        IBehaviourLog log = process.Services.GetRequiredService<IBehaviourLog>();

        // Text of PostgreSQL cannot hold a NUL. All wait together, so that they make few groups.
        Task<AppendResult>[] good = [.. Enumerable.Range(0, 50).Select(n => log.AppendAsync([Event("u", n)], Cancellation))];
        Task<AppendResult> bad = log.AppendAsync([Event("u", 1_000) with { EventId = "a\0b" }], Cancellation);
        Task<AppendResult>[] more = [.. Enumerable.Range(50, 50).Select(n => log.AppendAsync([Event("u", n)], Cancellation))];
        var e = await Assert.ThrowsAsync<InternalErrorException>(() => bad);
        Assert.Null(e.InnerException);
        Assert.Equal("The database cannot be written; the log says why.", e.Message);
        Assert.All(await Task.WhenAll([.. good, .. more]), r => Assert.Equal(new AppendResult(1, 0), r));
        Assert.Equal(100, (await log.ReadRecentAsync("u", null, 1_000, Cancellation)).Count);
    }

    [Fact]
    public async Task ReadAsync_TableThatIsMissing_FailsForGoodAndTellsNothingOfIt()
    {
        string database = shared.CreateDatabase();
        await using StoreProcess process = await PostgresStores.StartAsync(database);
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(database);
        await source.CreateCommand("DROP TABLE items").ExecuteNonQueryAsync(Cancellation);
        IItemStore items = process.Services.GetRequiredService<IItemStore>();
        foreach (Func<Task> call in (Func<Task>[])[() => items.ReadAllAsync(Cancellation).CountAsync(Cancellation).AsTask(), () => items.PutAsync([new("i", EmptyFeatures.Instance)], Cancellation)])
        {
            var e = await Assert.ThrowsAsync<InternalErrorException>(call);
            Assert.Null(e.InnerException);
            Assert.DoesNotContain("items", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task ReadRecentAsync_ServerAway_TellsNothingOfWhereItIs()
    {
        using PostgresServer? server = PostgresServer.TryStart(out string whyNot);
        Assert.SkipWhen(server is null, whyNot);
        await using StoreProcess process = await PostgresStores.StartAsync(server.CreateDatabase());
        server.Stop();
        var e = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => process.Services.GetRequiredService<IBehaviourLog>().ReadRecentAsync("u", null, 10, Cancellation));
        server.Start();
        Assert.Null(e.InnerException);
        Assert.Equal("The database cannot be read now.", e.Message);
    }

    [Fact]
    public async Task ReadRecentAsync_ManyMoreAtOnceThanTheServerTakes_AllAreAnswered()
    {
        string database = shared.CreateDatabase();
        await using StoreProcess first = await PostgresStores.StartAsync(database);
        await using StoreProcess second = await PostgresStores.StartAsync(database);
        IBehaviourLog[] logs = [.. new[] { first, second }.Select(p => p.Services.GetRequiredService<IBehaviourLog>())];
        await logs[0].AppendAsync([Event("u", 1)], Cancellation);
        IReadOnlyList<BehaviourEvent>[] read = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(n => logs[n % 2].ReadRecentAsync("u", null, 10, Cancellation)));
        Assert.All(read, events => Assert.Single(events));

        // Both processes together leave most of the server to others.
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(database);
        long used = (long)(await source.CreateCommand("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()").ExecuteScalarAsync(Cancellation))!;
        int available = int.Parse((string)(await source.CreateCommand("SHOW max_connections").ExecuteScalarAsync(Cancellation))!, CultureInfo.InvariantCulture);
        Assert.InRange(used, 3, (available / 4) + 3);
    }

    [Fact]
    public async Task OpenAsync_SizeInTheConnectionString_Counts()
    {
        string database = shared.CreateDatabase() + ";Maximum Pool Size=3";
        await using StoreProcess process = await PostgresStores.StartAsync(database);
        IBehaviourLog log = process.Services.GetRequiredService<IBehaviourLog>();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => log.ReadRecentAsync("u", null, 10, Cancellation)));
        var settings = new NpgsqlConnectionStringBuilder(process.Services.GetRequiredService<PostgresDatabase>().Source.ConnectionString);
        Assert.Equal(3, settings.MaxPoolSize);
    }

    [Fact]
    public async Task AppendAsync_WhileAnotherProcessHasNotCommittedTheSameItem_DoesNotWaitForIt()
    {
        string database = shared.CreateDatabase();
        await using StoreProcess process = await PostgresStores.StartAsync(database);
        IBehaviourLog log = process.Services.GetRequiredService<IBehaviourLog>();
        await log.AppendAsync([Event("a", 0), Event("b", 0)], Cancellation);

        await using NpgsqlConnection other = await process.Services.GetRequiredService<PostgresDatabase>().Source.OpenConnectionAsync(Cancellation);
        await using NpgsqlTransaction open = await other.BeginTransactionAsync(Cancellation);
        await EventGroup.AppendAsync(other, [Event("a", 100)], Cancellation);
        Assert.Equal(new AppendResult(1, 0), await log.AppendAsync([Event("b", 200)], Cancellation).WaitAsync(TimeSpan.FromSeconds(60), Cancellation));
        await open.CommitAsync(Cancellation);
        Assert.Equal(4, (await log.CountByItemAsync(["click"], Cancellation))["i0"]);
    }

    [Fact]
    public async Task AppendAsync_RankingsOfUsersWithoutEvents_LeaveNoRowsOfUsers()
    {
        string database = shared.CreateDatabase();
        await using StoreProcess process = await PostgresStores.StartAsync(database);
        IImpressionLog rankings = process.Services.GetRequiredService<IImpressionLog>();
        await rankings.AppendAsync(
            [.. Enumerable.Range(0, 100).Select(n => new LoggedRanking { RankingId = $"r{n}", UserId = $"made-up-{n}", Timestamp = DateTimeOffset.UnixEpoch, Items = [] })],
            Cancellation);
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(database);
        Assert.Equal(0L, await source.CreateCommand("SELECT count(*) FROM users").ExecuteScalarAsync(Cancellation));
        Assert.Equal(100, await rankings.ReadAllAsync(DateTimeOffset.MaxValue, Cancellation).CountAsync(Cancellation));
    }

    [Fact]
    public async Task EraseUserAsync_ByAProcessWhoseClockIsBehind_KeepsOutWhatOthersCouldHaveAccepted()
    {
        string database = shared.CreateDatabase();
        await using StoreProcess right = await PostgresStores.StartAsync(database);
        await using StoreProcess behind = await PostgresStores.StartAsync(database, new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(-1)));
        BehaviourEvent late = Event("u", 0) with { Timestamp = DateTimeOffset.UtcNow.AddMinutes(4) };
        await behind.Services.GetRequiredService<IBehaviourLog>().EraseUserAsync("u", Cancellation);
        Assert.Equal(new AppendResult(0, 0, 1), await right.Services.GetRequiredService<IBehaviourLog>().AppendAsync([late], Cancellation));
    }

    [Fact]
    public async Task EraseUserAsync_WhileOthersLogRankings_LeavesNoneFromBeforeIt()
    {
        string database = shared.CreateDatabase();
        await using StoreProcess first = await PostgresStores.StartAsync(database);
        await using StoreProcess second = await PostgresStores.StartAsync(database);
        IImpressionLog rankings = first.Services.GetRequiredService<IImpressionLog>();
        Task[] appends = [.. Enumerable.Range(0, 100).Select(n => rankings.AppendAsync(
            [.. new[] { "erased", "kept" }.Select(user => new LoggedRanking { RankingId = $"{user}{n}", UserId = user, Timestamp = DateTimeOffset.UnixEpoch, Items = [] })],
            Cancellation))];
        await second.Services.GetRequiredService<IBehaviourLog>().EraseUserAsync("erased", Cancellation);
        await second.Services.GetRequiredService<IImpressionLog>().EraseUserAsync("erased", Cancellation);
        await Task.WhenAll(appends);
        Assert.Empty(await rankings.ReadAfterAsync("erased", default, 1_000, Cancellation));
        Assert.Equal(100, (await rankings.ReadAfterAsync("kept", default, 1_000, Cancellation)).Count);
    }

    [Fact]
    public async Task StartingAsync_TablesOfTheVersionBefore_KeepsRankingsAndDropsUsersWhoWereOnlyRankedFor()
    {
        string database = shared.CreateDatabase();
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(database);
        int before = Array.FindIndex(PostgresSchema.Steps, step => step.Contains("DROP TABLE item_counts", StringComparison.Ordinal));
        await PostgresMigration.ApplyAsync(source, "stores", PostgresSchema.Steps[..before], before, NullLogger.Instance, Cancellation);
        await source.CreateCommand(
            """
            INSERT INTO users (user_id, erased_until) VALUES ('clicked', NULL), ('ranked', NULL), ('erased', 5);
            INSERT INTO events SELECT id, 100, 0, 1, 1, 'e1' FROM users WHERE user_id = 'clicked';
            INSERT INTO rankings (user_no, time, ranking_id, items, scores) SELECT id, 100, 'r', '[]', '' FROM users WHERE user_id <> 'erased';
            """).ExecuteNonQueryAsync(Cancellation);
        await using StoreProcess process = await PostgresStores.StartAsync(database);
        Assert.Equal(
            ["clicked", "ranked"],
            await process.Services.GetRequiredService<IImpressionLog>().ReadAllAsync(DateTimeOffset.MaxValue, Cancellation).Select(r => r.UserId).ToListAsync(Cancellation));
        Assert.Equal("clicked,erased", await source.CreateCommand("SELECT string_agg(user_id, ',' ORDER BY user_id) FROM users").ExecuteScalarAsync(Cancellation));
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
    private static Task<T> ResumedAsync<T>(Func<Task<T>> call) => Resumption.ResumedAsync(call, Cancellation);

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
