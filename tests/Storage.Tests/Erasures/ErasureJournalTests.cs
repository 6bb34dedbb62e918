using DinOrleans.Contracts;
using DinOrleans.Contracts.Users;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Erasures;
using DinOrleans.Storage.Features;
using DinOrleans.Storage.Sqlite;
using DinOrleans.Storage.Tests.Sqlite;
using DinOrleans.TestMachine;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;

namespace DinOrleans.Storage.Tests.Erasures;

/// <summary>Erasures are recorded outside of the database, and applied to one that is older.</summary>
public sealed class ErasureJournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Data => _folder["data"];

    private string Journal => Path.Combine(Data, ErasureJournal.FolderName);

    [Fact]
    public async Task Erase_ManyAtOnce_AreAllRecordedWithTheTimesOfTheirTombstones()
    {
        string[] users = [.. Enumerable.Range(0, 50).Select(n => $"ü💥'\"\n{n}")];
        await using StoreProcess process = await StartAsync();
        await Task.WhenAll(users.Select(user => process.Services.GetRequiredService<IBehaviourLog>().EraseUserAsync(user, Cancellation)));

        IReadOnlyList<Erasure> recorded = process.Services.GetRequiredService<ErasureJournal>().Read();
        List<Erasure> applied = await process.Services.GetRequiredService<IErasureStore>().ReadAllAsync(Cancellation).ToListAsync(Cancellation);
        Assert.Equal(users.Order(StringComparer.Ordinal), recorded.Select(e => e.UserId).Order(StringComparer.Ordinal));
        Assert.Equal(applied.OrderBy(e => e.UserId, StringComparer.Ordinal), recorded.OrderBy(e => e.UserId, StringComparer.Ordinal));
        Assert.Single(Directory.GetFiles(Journal));
    }

    [Fact]
    public async Task Start_OnAnOlderDatabase_ErasesAgainAndSaysSo()
    {
        string older = _folder["older.db"];
        await using (StoreProcess process = await StartAsync())
        {
            await PutAsync(process, "erased");
            await PutAsync(process, "kept");
        }

        SqliteConnection.ClearAllPools();
        File.Copy(Path.Combine(Data, SqliteOptions.FileName), older);
        await using (StoreProcess process = await StartAsync())
        {
            await process.Services.GetRequiredService<IBehaviourLog>().EraseUserAsync("erased", Cancellation);
        }

        SqliteConnection.ClearAllPools();
        File.Copy(older, Path.Combine(Data, SqliteOptions.FileName), overwrite: true);
        var logs = new FakeLogCollector();
        await using StoreProcess restored = await StartAsync(logs);

        Assert.Equal(["kept"], await restored.Services.GetRequiredService<IProfileStore>().ReadAllAsync(Cancellation).Select(p => p.Key).ToListAsync(Cancellation));
        Assert.Contains(logs.GetSnapshot(), record => record.Id.Id == 411 && record.Message.StartsWith("1 erased users", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_AfterAWriteThatWasCutShort_LeavesThatLineOut()
    {
        await using (StoreProcess process = await StartAsync())
        {
            await process.Services.GetRequiredService<IBehaviourLog>().EraseUserAsync("u1", Cancellation);
        }

        string file = Assert.Single(Directory.GetFiles(Journal));
        await File.AppendAllTextAsync(file, "{\"userId\":\"u2\",\"un", Cancellation);
        await using StoreProcess next = await StartAsync();
        await next.Services.GetRequiredService<IBehaviourLog>().EraseUserAsync("u3", Cancellation);
        Assert.Equal(["u1", "u3"], next.Services.GetRequiredService<ErasureJournal>().Read().Select(e => e.UserId).Order());
    }

    [Fact]
    public async Task Start_OnADamagedJournal_ThrowsNamingTheFileAndTheLine()
    {
        await using (StoreProcess process = await StartAsync())
        {
            await process.Services.GetRequiredService<IBehaviourLog>().EraseUserAsync("u1", Cancellation);
        }

        string file = Assert.Single(Directory.GetFiles(Journal));
        await File.AppendAllTextAsync(file, "{\"userId\":null,\"until\":\"2026-01-01T00:00:00Z\"}\n", Cancellation);
        InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(() => StartAsync());
        Assert.Equal($"{file} does not hold erasures, or is damaged: line 3 cannot be read.", refused.Message);
    }

    [Fact]
    public async Task Start_WithAFileInTheJournalsPlace_ThrowsNamingTheSetting()
    {
        _folder.Write("data/erasures", "");
        IOException refused = await Assert.ThrowsAsync<IOException>(() => StartAsync());
        Assert.StartsWith($"Erasures:Folder is \"{Journal}\": it must be a folder that this process may write to", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erase_JournalThatCannotBeWritten_IsRefusedAndTheUserStaysUntilItCan()
    {
        // A process that finds a journal begins a file of its own with its first erasure.
        await using (await StartAsync())
        {
        }

        await using StoreProcess process = await StartAsync();
        IBehaviourLog log = process.Services.GetRequiredService<IBehaviourLog>();
        await log.AppendAsync([new BehaviourEvent { EventId = "e1", UserId = "u1", ItemId = "i1", Type = "click", Timestamp = DateTimeOffset.UnixEpoch }], Cancellation);
        Directory.Delete(Journal, recursive: true);
        _folder.Write("data/erasures", "");

        await Assert.ThrowsAsync<StoreUnavailableException>(() => log.EraseUserAsync("u1", Cancellation));
        Assert.Single(await log.ReadRecentAsync("u1", null, 10, Cancellation));

        File.Delete(Journal);
        await log.EraseUserAsync("u1", Cancellation);
        Assert.Empty(await log.ReadRecentAsync("u1", null, 10, Cancellation));
        Assert.Equal(["u1"], process.Services.GetRequiredService<ErasureJournal>().Read().Select(e => e.UserId));
    }

    [Fact]
    public async Task Erase_JournalThatWasRemovedMeanwhile_IsRecordedInANewOne()
    {
        await using StoreProcess process = await StartAsync();
        IBehaviourLog log = process.Services.GetRequiredService<IBehaviourLog>();
        await log.EraseUserAsync("u1", Cancellation);
        Directory.Delete(Journal, recursive: true);
        await log.EraseUserAsync("u2", Cancellation);
        Assert.Equal(["u2"], process.Services.GetRequiredService<ErasureJournal>().Read().Select(e => e.UserId));
    }

    [Fact]
    public async Task Start_WithAFolderOfItsOwn_RecordsThereOnly()
    {
        string elsewhere = _folder["elsewhere"];
        await using StoreProcess process = await StartAsync(null, elsewhere);
        await process.Services.GetRequiredService<IBehaviourLog>().EraseUserAsync("u1", Cancellation);
        ErasureList list = ErasureFile.Read(Assert.Single(Directory.GetFiles(elsewhere)));
        Assert.Equal("u1", Assert.Single(list.Erasures).UserId);
        Assert.InRange(list.From!.Value, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow);
        Assert.Null(list.To);
        Assert.False(Directory.Exists(Journal));
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private static Task PutAsync(StoreProcess process, string user) =>
        process.Services.GetRequiredService<IProfileStore>().PutAsync([new(user, new UserProfile(EmptyFeatures.Instance))], Cancellation);

    /// <summary>Opens the stores as a server does at its start.</summary>
    private async Task<StoreProcess> StartAsync(FakeLogCollector? logs = null, string? journal = null)
    {
        StoreProcess process = SqliteFolder.Start(Data, logs, services => services.Configure<ErasureOptions>(o => o.Folder = journal));
        process.Services.GetRequiredService<SqliteDatabase>().Prepare();
        await ActivatorUtilities.CreateInstance<ErasureReplay>(process.Services).StartingAsync(Cancellation);
        return process;
    }
}
