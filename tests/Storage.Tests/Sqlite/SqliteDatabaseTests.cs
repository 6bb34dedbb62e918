using DinOrleans.Contracts.Items;
using DinOrleans.Storage.Items;
using DinOrleans.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

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
    public async Task Open_OverwrittenPages_NamesTheFileAndHowToRecover()
    {
        await FillAsync();
        await using (FileStream file = System.IO.File.OpenWrite(File))
        {
            byte[] noise = new byte[4 * PageSize];
            new Random(1).NextBytes(noise);
            file.Position = file.Length / 2 / PageSize * PageSize;
            await file.WriteAsync(noise, Cancellation);
        }

        AssertDamaged();
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
            await process.Services.GetRequiredService<IItemStore>().PutAsync([Item(1)], Cancellation);
            foreach (string file in Directory.GetFiles(_folder))
            {
                System.IO.File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
            }
        }

        Assert.True(new FileInfo(Path.Combine(copy, SqliteOptions.FileName + "-wal")).Length > 0);
        await using (StoreProcess process = SqliteFolder.Start(copy))
        {
            Assert.Equal(1, await process.Services.GetRequiredService<IItemStore>().ReadSinceAsync(0, Cancellation).CountAsync(Cancellation));
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

    private void AssertDamaged()
    {
        var e = Assert.Throws<InvalidDataException>(Open);
        Assert.StartsWith($"{File} is damaged", e.Message, StringComparison.Ordinal);
        Assert.Contains(".recover", e.Message, StringComparison.Ordinal);
        Assert.Contains("backup", e.Message, StringComparison.Ordinal);
    }

    private void Open() => _ = new SqliteDatabase(Microsoft.Extensions.Options.Options.Create(new SqliteOptions { Folder = _folder }));

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
