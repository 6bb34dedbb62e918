using System.Text;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Models;
using DinOrleans.Contracts.Users;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Erasures;
using DinOrleans.Storage.Features;
using DinOrleans.Storage.Folders;
using DinOrleans.Storage.Registry;
using DinOrleans.Storage.Sqlite;
using DinOrleans.TestMachine;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Storage.Tests.Sqlite;

/// <summary>A database file that is copied, looked at and changed beside or without its server.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private static readonly CopyPace Unlimited = new(long.MaxValue);

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SqliteFile Database => new(Path.Combine(_folder["data"], SqliteOptions.FileName));

    private string Copy => _folder["copy.db"];

    [Fact]
    public async Task CopyTo_BesideAServerThatAppends_HoldsEverythingAcknowledgedBeforeAndIsAStateOfTheDatabase()
    {
        await using StoreProcess server = SqliteFolder.Start(_folder["data"]);
        IBehaviourLog log = server.Services.GetRequiredService<IBehaviourLog>();
        await AppendAsync(log, 0, 2_000);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        int acknowledged = 2_000;
        Task appending = Task.Run(
            async () =>
            {
                for (; !stop.IsCancellationRequested; Interlocked.Add(ref acknowledged, 10))
                {
                    await AppendAsync(log, acknowledged, 10);
                }
            },
            Cancellation);
        for (int n = 0; n < 5; n++)
        {
            string copy = _folder[$"copy{n}.db"];
            int before = Volatile.Read(ref acknowledged);
            Database.CopyTo(copy, new CopyPace(2_000_000), Cancellation);
            Assert.Equal([copy], Directory.GetFiles(_folder.Path, $"copy{n}*"));
            Assert.Empty(new SqliteFile(copy).FindDamage(everything: true));
            SqliteContent content = new SqliteFile(copy).Describe();
            Assert.InRange(content.Events, before, Volatile.Read(ref acknowledged) + 10);

            // The events were appended in tens, one after the other: a state has none without those before it.
            Assert.Equal(0, content.Events % 10);
            Assert.Equal((content.Events, content.Events - 1), Counted(copy));
        }

        await stop.CancelAsync();
        await appending;
        await AppendAsync(log, acknowledged, 10);
    }

    [Fact]
    public async Task CopyTo_CancelledMeanwhile_EndsAndTheServerGoesOn()
    {
        await using StoreProcess server = SqliteFolder.Start(_folder["data"]);
        IBehaviourLog log = server.Services.GetRequiredService<IBehaviourLog>();
        await AppendAsync(log, 0, 5_000);
        using var cancelled = new CancellationTokenSource();
        Task copying = Task.Run(() => Database.CopyTo(Copy, new CopyPace(1), cancelled.Token), Cancellation);
        await Eventually.BecomesAsync(
            "the copy has begun", () => copying.IsCompleted || (File.Exists(Copy) && new FileInfo(Copy).Length > 0), isSo => isSo, cancellationToken: Cancellation);
        Assert.False(copying.IsCompleted);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => copying);
        await AppendAsync(log, 5_000, 10);
        Database.CopyTo(_folder["second.db"], Unlimited, Cancellation);
        Assert.Equal(5_010, new SqliteFile(_folder["second.db"]).Describe().Events);
    }

    [Fact]
    public async Task CopyTo_AfterItsEnd_TheLogOfTheServerStartsAnew()
    {
        await using StoreProcess server = SqliteFolder.Start(_folder["data"]);
        IBehaviourLog log = server.Services.GetRequiredService<IBehaviourLog>();
        var wal = new FileInfo(Path.Combine(_folder["data"], SqliteOptions.FileName + "-wal"));

        // A new database is rewritten once, after its first write.
        await AppendAsync(log, 0, 10);
        await Eventually.BecomesAsync("the log is empty", Length, length => length == 0, cancellationToken: Cancellation);
        await AppendAsync(log, 10, 10_000);
        Database.CopyTo(Copy, Unlimited, Cancellation);
        long after = Length();
        await AppendAsync(log, 20_000, 10);
        Assert.Equal(after, Length());

        long Length()
        {
            wal.Refresh();
            return wal.Length;
        }
    }

    [Fact]
    public async Task CopyTo_FileThatExists_ThrowsAndLeavesIt()
    {
        await FillAsync();
        _folder.Write("copy.db", "precious");
        Assert.Throws<IOException>(() => Database.CopyTo(Copy, Unlimited, Cancellation));
        Assert.Equal("precious", await File.ReadAllTextAsync(Copy, Cancellation));
    }

    [Fact]
    public async Task Describe_OfAServersDatabase_NamesVersionsAndCounts()
    {
        await using StoreProcess server = await FillAsync();
        await server.Services.GetRequiredService<IBehaviourLog>().EraseUserAsync("u1", Cancellation);
        IRegistryStore registry = server.Services.GetRequiredService<IRegistryStore>();
        await registry.TryWriteAsync(new(0, new ModelActivation { Active = "v1" }) { Put = Version("v1", 1) }, Cancellation);
        await registry.TryWriteAsync(new(1, new ModelActivation { Active = "v1" }) { Put = Version("v2", 2) with { RefusedBecause = "it is damaged" } }, Cancellation);

        SqliteContent content = Database.Describe();

        Assert.Equal((6, 2), (content.Events, content.Users));
        Assert.Equal([new NamedVersion("v2", true), new NamedVersion("v1", false)], content.Versions);
        Assert.Equal("v1", content.Activation.Active);
        Assert.Equal(SqliteFile.CurrentSchema, Database.Schema());
    }

    [Fact]
    public async Task Reads_WithoutAServer_LeaveNothingBehind()
    {
        await using (await FillAsync())
        {
        }

        SqliteConnection.ClearAllPools();
        string[] before = Directory.GetFileSystemEntries(_folder["data"]);
        Assert.Empty(Database.FindDamage(everything: true));
        Assert.Equal(9, Database.Describe().Events);
        Assert.Empty(Database.Tombstones());
        Assert.Equal(before, Directory.GetFileSystemEntries(_folder["data"]));
    }

    [Fact]
    public async Task FindDamage_OverwrittenPages_SaysWhatSqliteFinds()
    {
        await using (StoreProcess server = SqliteFolder.Start(_folder["data"]))
        {
            await AppendAsync(server.Services.GetRequiredService<IBehaviourLog>(), 0, 2_000);
        }

        SqliteConnection.ClearAllPools();
        await using (FileStream file = File.OpenWrite(Path.Combine(_folder["data"], SqliteOptions.FileName)))
        {
            file.Position = file.Length / 2 / 4096 * 4096;
            await file.WriteAsync(Encoding.ASCII.GetBytes(new string('x', 4096)), Cancellation);
        }

        Assert.NotEmpty(Database.FindDamage(everything: false));
    }

    [Fact]
    public void FindDamage_FileThatIsNoDatabase_SaysSo()
    {
        _folder.Write($"data/{SqliteOptions.FileName}", new string('x', 10_000));
        Assert.Equal("file is not a database", Assert.Single(Database.FindDamage(everything: false)).Split('\'')[1].TrimEnd('.'));
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => Database.CopyTo(Copy, Unlimited, Cancellation));
        Assert.StartsWith($"{Path.Combine(_folder["data"], SqliteOptions.FileName)} is damaged (", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_ErasuresOfOldSchemas_LeavesTheSchemaAndNothingOfTheUser()
    {
        await using (await FillAsync())
        {
        }

        SqliteConnection.ClearAllPools();
        SetVersion(SqliteFile.CurrentSchema - 1);
        Assert.Equal(1, Database.Apply([new Erasure("u1", DateTimeOffset.UnixEpoch.AddYears(1))]));
        Assert.Equal(SqliteFile.CurrentSchema - 1, Database.Schema());
        Assert.DoesNotContain("only-of-u1", Encoding.UTF8.GetString(await File.ReadAllBytesAsync(Path.Combine(_folder["data"], SqliteOptions.FileName), Cancellation)), StringComparison.Ordinal);
        SetVersion(SqliteFile.CurrentSchema + 1);
        Assert.Contains($"schema version {SqliteFile.CurrentSchema + 1}", Assert.Throws<InvalidDataException>(() => Database.Apply([])).Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private static async Task AppendAsync(IBehaviourLog log, int first, int count)
    {
        BehaviourEvent[] events = [.. Enumerable.Range(first, count).Select(n => Event($"u{n % 97}", n))];
        Assert.Equal(count, (await log.AppendAsync(events, Cancellation)).Accepted);
    }

    private static BehaviourEvent Event(string user, int n) => new()
    {
        EventId = $"e{n}",
        UserId = user,
        ItemId = $"i{n % 100}",
        Type = "click",
        Timestamp = DateTimeOffset.UnixEpoch.AddSeconds(n),
        Context = new Dictionary<string, string> { ["note"] = $"only-of-{user}" + new string('.', 100) },
    };

    private static ModelVersionInfo Version(string name, int day) => new()
    {
        Version = name,
        Kind = "din",
        PublishedAt = DateTimeOffset.UnixEpoch.AddDays(day),
        Metrics = new Dictionary<string, double>(),
    };

    private static (long Count, long Last) Counted(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False;Mode=ReadOnly");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT count(*), max(CAST(substr(event_id, 2) AS INTEGER)) FROM events";
        using SqliteDataReader row = command.ExecuteReader();
        row.Read();
        return (row.GetInt64(0), row.GetInt64(1));
    }

    /// <summary>Three events of each of three users, and a profile.</summary>
    private async Task<StoreProcess> FillAsync()
    {
        StoreProcess server = SqliteFolder.Start(_folder["data"]);
        await server.Services.GetRequiredService<IBehaviourLog>().AppendAsync([.. Enumerable.Range(3, 9).Select(n => Event($"u{n / 3}", n))], Cancellation);
        await server.Services.GetRequiredService<IProfileStore>().PutAsync([new("u1", new UserProfile(EmptyFeatures.Instance))], Cancellation);
        return server;
    }

    private void SetVersion(int version)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder["data"], SqliteOptions.FileName)};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"PRAGMA user_version = {version}";
        command.ExecuteNonQuery();
    }
}
