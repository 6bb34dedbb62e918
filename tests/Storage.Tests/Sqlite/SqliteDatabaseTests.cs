using DinOrleans.Contracts;
using DinOrleans.Contracts.Items;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Features;
using DinOrleans.Storage.Impressions;
using DinOrleans.Storage.Sqlite;
using DinOrleans.TestMachine;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;

namespace DinOrleans.Storage.Tests.Sqlite;

/// <summary>What a process does with a database file that it cannot use.</summary>
public sealed class SqliteDatabaseTests : IDisposable
{
    private const int PageSize = 4096;

    private readonly string _folder = Directory.CreateTempSubdirectory("database-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder, SqliteOptions.FileName);

    [Fact]
    public async Task Open_FileThatIsNoDatabase_NamesTheFileAndHowToRecover()
    {
        await System.IO.File.WriteAllTextAsync(File, new string('x', 3 * PageSize), Cancellation);
        AssertDamaged();
    }

    [Fact]
    public async Task ReadAsync_OverwrittenPages_FailsForGoodAndLogsTheFileAndHowToRecover()
    {
        await FillAsync();
        await using (FileStream file = System.IO.File.OpenWrite(File))
        {
            byte[] noise = new byte[4 * PageSize];
            new Random(1).NextBytes(noise);
            file.Position = file.Length / 2 / PageSize * PageSize;
            await file.WriteAsync(noise, Cancellation);
        }

        var logs = new FakeLogCollector();
        await using StoreProcess process = SqliteFolder.Start(_folder, logs);
        await Assert.ThrowsAsync<InternalErrorException>(
            () => process.Services.GetRequiredService<IItemStore>().ReadAllAsync(Cancellation).CountAsync(Cancellation).AsTask());
        FakeLogRecord record = Assert.Single(logs.GetSnapshot(), r => r.Level == LogLevel.Error);
        AssertDamaged(Assert.IsType<InvalidDataException>(record.Exception));
    }

    [Fact]
    public async Task ReadAsync_FolderThatIsGone_FailsInsteadOfWaitingForEver()
    {
        await using StoreProcess process = SqliteFolder.Start(_folder);
        IItemStore items = process.Services.GetRequiredService<IItemStore>();
        await items.PutAsync([Item(1)], Cancellation);
        SqliteConnection.ClearAllPools();
        Directory.Move(_folder, _folder + "-gone");
        try
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(
                () => items.ReadAllAsync(Cancellation).CountAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Cancellation));
        }
        finally
        {
            Directory.Move(_folder + "-gone", _folder);
        }

        Assert.Equal(1, await items.ReadAllAsync(Cancellation).CountAsync(Cancellation));
    }

    [Fact]
    public async Task ReadAsync_FolderThatIsGone_TellsNothingOfTheFile()
    {
        await using StoreProcess process = SqliteFolder.Start(_folder);
        SqliteDatabase database = process.Services.GetRequiredService<SqliteDatabase>();
        database.Prepare();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        var e = await Assert.ThrowsAsync<StoreUnavailableException>(() => database.ReadAsync(_ => 0, Cancellation));
        Directory.CreateDirectory(_folder);
        Assert.Null(e.InnerException);
        Assert.Equal("The database cannot be read now.", e.Message);
    }

    [Fact]
    public async Task Constructor_FileThatIsNoDatabase_ReadsNothing()
    {
        await System.IO.File.WriteAllTextAsync(File, new string('x', 3 * PageSize), Cancellation);
        await using StoreProcess process = SqliteFolder.Start(_folder);
        var start = new SqliteStart(process.Services.GetRequiredService<SqliteDatabase>());
        Assert.NotNull(process.Services.GetRequiredService<IItemStore>());
        AssertDamaged(await Assert.ThrowsAsync<InvalidDataException>(() => start.StartingAsync(Cancellation)));
    }

    [Fact]
    public async Task Prepare_TablesOfTheVersionBefore_KeepsRankingsAndDropsUsersWhoWereOnlyRankedFor()
    {
        int before = Array.FindIndex(SqliteSchema.Steps, step => step.Contains("rankings_of_users", StringComparison.Ordinal));
        using (var connection = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            connection.Open();
            SqliteSchema.Migrate(connection, File, SqliteSchema.Steps.AsSpan(0, before));
        }

        Execute(
            """
            INSERT INTO users (id, user_id, erased_until) VALUES (1, 'clicked', NULL), (2, 'ranked', NULL), (3, 'erased', 5);
            INSERT INTO item_ids VALUES (1, 'i');
            INSERT INTO event_types VALUES (1, 'click');
            INSERT INTO events VALUES (1, 100, 41, 'e1', 1, 1, NULL, NULL);
            INSERT INTO rankings VALUES (1, 1, 100, 'r1', NULL, NULL, '[]', x''), (2, 2, 100, 'r2', NULL, NULL, '[]', x'');
            """);
        await using (StoreProcess process = SqliteFolder.Start(_folder))
        {
            IImpressionLog rankings = process.Services.GetRequiredService<IImpressionLog>();
            Assert.Equal(["clicked r1", "ranked r2"], await rankings.ReadAllAsync(DateTimeOffset.MaxValue, Cancellation).Select(r => $"{r.UserId} {r.RankingId}").ToListAsync(Cancellation));
            IBehaviourLog log = process.Services.GetRequiredService<IBehaviourLog>();
            await log.AppendAsync([new() { EventId = "e2", UserId = "clicked", ItemId = "i", Type = "click", Timestamp = new DateTimeOffset(100, TimeSpan.Zero) }], Cancellation);
            Assert.Equal(["e1", "e2"], (await log.ReadRecentAsync("clicked", null, 10, Cancellation)).Select(e => e.EventId));
        }

        Assert.Equal(2L, Execute("SELECT count(*) FROM users WHERE user_id IN ('clicked', 'erased')"));
        Assert.Equal(0L, Execute("SELECT count(*) FROM users WHERE user_id = 'ranked'"));
    }

    [Fact]
    public async Task Open_FileCutShort_NamesTheFileAndHowToRecover()
    {
        await FillAsync();
        await using (FileStream file = System.IO.File.OpenWrite(File))
        {
            file.SetLength(file.Length / 2 / PageSize * PageSize);
        }

        AssertDamaged();
    }

    [Fact]
    public async Task Open_RefusedFile_IsLeftAsItWas()
    {
        await System.IO.File.WriteAllTextAsync(File, new string('x', 3 * PageSize), Cancellation);
        AssertDamaged();
        Assert.Equal(new string('x', 3 * PageSize), await System.IO.File.ReadAllTextAsync(File, Cancellation));
    }

    [Fact]
    public async Task Open_NewerSchema_SaysWhichVersionsAndChangesNothing()
    {
        await FillAsync();
        Execute("PRAGMA user_version = 1000");
        var e = Assert.Throws<InvalidDataException>(Open);
        Assert.Contains(File, e.Message, StringComparison.Ordinal);
        Assert.Contains("schema version 1000", e.Message, StringComparison.Ordinal);
        Assert.Equal(1000L, Execute("PRAGMA user_version"));
    }

    [Fact]
    public void Open_PlaceThatIsAFolder_NamesTheFile()
    {
        Directory.CreateDirectory(File);
        Assert.Contains(File, Assert.Throws<IOException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_AfterAKillBetweenCommitAndCheckpoint_FindsWhatIsInTheWal()
    {
        string copy = Directory.CreateTempSubdirectory("killed-").FullName;
        await using (StoreProcess process = SqliteFolder.Start(_folder))
        {
            IItemStore items = process.Services.GetRequiredService<IItemStore>();

            // A new database is rewritten once, after its first write.
            await items.PutAsync([Item(1)], Cancellation);
            await Eventually.BecomesAsync(
                "the log is empty", () => new FileInfo(Path.Combine(_folder, SqliteOptions.FileName + "-wal")).Length, length => length == 0, cancellationToken: Cancellation);
            await items.PutAsync([Item(2)], Cancellation);
            foreach (string file in Directory.GetFiles(_folder))
            {
                System.IO.File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
            }
        }

        Assert.True(new FileInfo(Path.Combine(copy, SqliteOptions.FileName + "-wal")).Length > 0);
        await using (StoreProcess process = SqliteFolder.Start(copy))
        {
            Assert.Equal(2, await process.Services.GetRequiredService<IItemStore>().ReadAllAsync(Cancellation).CountAsync(Cancellation));
        }

        SqliteConnection.ClearAllPools();
        Directory.Delete(copy, recursive: true);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static Item Item(int n) => new($"i{n}", new Dictionary<string, string> { ["text"] = new string('y', 500) });

    private void AssertDamaged() => AssertDamaged(Assert.Throws<InvalidDataException>(Open));

    private void AssertDamaged(InvalidDataException e)
    {
        Assert.StartsWith($"{File} is damaged", e.Message, StringComparison.Ordinal);
        Assert.Contains(".recover", e.Message, StringComparison.Ordinal);
        Assert.Contains("backup", e.Message, StringComparison.Ordinal);
    }

    private void Open() => new SqliteDatabase(
        Microsoft.Extensions.Options.Options.Create(new SqliteOptions { Folder = _folder }), TimeProvider.System, NullLogger<SqliteDatabase>.Instance).Prepare();

    private async Task FillAsync()
    {
        await using (StoreProcess process = SqliteFolder.Start(_folder))
        {
            await process.Services.GetRequiredService<IItemStore>().PutAsync([.. Enumerable.Range(0, 2_000).Select(Item)], Cancellation);
        }

        Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        SqliteConnection.ClearAllPools();
    }

    private object? Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
