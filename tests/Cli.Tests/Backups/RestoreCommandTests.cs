using System.Text.RegularExpressions;
using DinOrleans.Storage.Folders;
using DinOrleans.Storage.Sqlite;
using DinOrleans.TestMachine;
using Microsoft.Data.Sqlite;
using static DinOrleans.Cli.Tests.Backups.BackupCommandTests;

namespace DinOrleans.Cli.Tests.Backups;

/// <summary><c>restore</c>, and who comes back with it.</summary>
public sealed class RestoreCommandTests : IDisposable
{
    private const int Users = 5;
    private const int Events = 40;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Data => _folder["data"];

    private string Backup => _folder["backup"];

    private string Restored => _folder["restored"];

    private string Export => _folder["erasures.jsonl"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Restore_WithTheOldDataFolder_HoldsTheBackupWithoutThoseErasedSince(bool exists)
    {
        string version = await MakeBackupAsync();
        await using (var server = new ServedFolder(Data))
        {
            await server.AppendAsync(Users, Events, 10);
            await server.EraseAsync("u1");
            await server.EraseAsync("u4");
        }

        if (exists)
        {
            Directory.CreateDirectory(Restored);
        }

        Ended end = await RestoreAsync("--erasures", Data);

        Assert.Equal((0, ""), (end.Code, end.Errors));
        Assert.Matches(
            "^" + Regex.Escape(Restored) + @": 200 events of 5 users as of [^ ]+Z, 1 model versions, [0-9.]+ MiB; 2 users erased since were erased again\.\nAPI keys that were revoked", end.Output);
        await using (var restored = new ServedFolder(Restored))
        {
            Assert.Equal(new() { ["u0"] = Events, ["u2"] = Events, ["u3"] = Events }, await restored.EventsAsync());
            Assert.Equal(["u0", "u2", "u3"], await restored.ProfilesAsync());
            Assert.Equal(version, await restored.ActiveAsync());
        }

        Assert.Equal(Files(Path.Combine(Data, "versions")), Files(Path.Combine(Restored, "versions")));
        Assert.DoesNotContain(Directory.GetFileSystemEntries(_folder.Path).Concat(Directory.GetFileSystemEntries(Restored)), f => f.Contains("restoring", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Restore_WithTheJournalOfADamagedDatabase_ErasesAgainAndSaysWhatWasRead()
    {
        await MakeBackupAsync();
        await using (var server = new ServedFolder(Data))
        {
            await server.EraseAsync("u1");
        }

        await File.WriteAllTextAsync(Path.Combine(Data, SqliteOptions.FileName), new string('x', 10_000), Cancellation);
        File.Delete(Path.Combine(Data, SqliteOptions.FileName + "-wal"));
        Ended end = await RestoreAsync("--erasures", Data);
        Assert.Equal(0, end.Code);
        Assert.Contains("so the erasures are read from the journal beside it only.", end.Errors, StringComparison.Ordinal);
        Assert.Contains("; 1 users erased since were erased again.", end.Output, StringComparison.Ordinal);

        // What was erased stays known where this folder is the old one.
        Ended again = await CliProcess.RunAsync(_folder.Path, "restore", Backup, "--to", _folder["third"], "--erasures", Path.Combine(Restored, "erasures"));
        Assert.Contains("; 1 users erased since were erased again.", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_WithAnExport_ErasesAgainAndSaysUpToWhenItKnows()
    {
        await MakeBackupAsync();
        await using (var server = new ServedFolder(Data))
        {
            await server.EraseAsync("u1");
            Ended exported = await CliProcess.RunAsync(_folder.Path, "erasures", "export", "--store", Data, "--to", Export);
            Assert.Equal((0, "", $"{Export}: 1 erased users.\n"), (exported.Code, exported.Errors, exported.Output));
        }

        Ended end = await RestoreAsync("--erasures", Export);
        Assert.Equal(0, end.Code);
        Assert.Matches("^warning: erasures after 20..-..-..T..:..:..Z, when they were exported, are not known\\.\n$", end.Errors);
        Assert.Contains("; 1 users erased since were erased again.", end.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_WithoutAWordAboutErasures_IsRefusedUnlessThatIsWanted()
    {
        await MakeBackupAsync();
        AssertRefused("Users who were erased after 20", await RestoreAsync());
        Assert.False(Directory.Exists(Restored));
        Ended end = await RestoreAsync("--without-erasures");
        Assert.Equal(0, end.Code);
        Assert.Matches("^warning: users who were erased after 20..-..-..T..:..:..Z are back\\.\n$", end.Errors);
    }

    [Fact]
    public async Task Restore_ErasuresThatDoNotReachBack_AreRefused()
    {
        await using (var server = new ServedFolder(Data))
        {
            await server.FillAsync(Users, Events);
        }

        Assert.Equal(0, (await CliProcess.RunAsync(_folder.Path, "erasures", "export", "--store", Data, "--to", Export)).Code);
        await MakeBackupAsync();

        // The journal of another server, which began after the backup, and an export from before it.
        await using (var later = new ServedFolder(_folder["later"]))
        {
            await later.FillAsync(1, 1);
            await later.EraseAsync("u0");
        }

        string journal = _folder["later/erasures"];
        AssertRefused("cannot have all erasures since 20", await RestoreAsync("--erasures", Export));
        AssertRefused("cannot have all erasures since 20", await RestoreAsync("--erasures", journal));
        AssertRefused("cannot have all erasures since 20", await RestoreAsync("--erasures", journal, "--erasures", Export));
        AssertRefused($"{_folder["written"]} has no erasures: ", await RestoreAsync("--erasures", _folder["written"]));
        AssertRefused("There is no file or folder nowhere.", await RestoreAsync("--erasures", "nowhere"));
        AssertRefused("schema.json does not hold erasures", await RestoreAsync("--erasures", Path.Combine(Data, "schema.json")));
        AssertRefused("Only one of --erasures and --without-erasures may be given.", await RestoreAsync("--erasures", Export, "--without-erasures"));
        Assert.False(Directory.Exists(Restored));
    }

    [Fact]
    public async Task Restore_OneByteFlippedInAnyFile_NamesTheFileAndMakesNothing()
    {
        await MakeBackupAsync();
        string[] files = [.. Directory.GetFiles(Backup, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "backup.json")];
        Assert.True(files.Length > 5);
        foreach (string file in files.Where(f => new FileInfo(f).Length > 0))
        {
            FlipByte(file);
            AssertRefused($"{file} is damaged: its SHA-256 differs", await RestoreAsync("--without-erasures"));
            FlipByte(file);
        }

        await File.AppendAllTextAsync(files[0], "x", Cancellation);
        AssertRefused($"{files[0]} is damaged: it has ", await RestoreAsync("--without-erasures"));
        File.Delete(files[0]);
        AssertRefused($"{files[0]} is missing, so the backup is damaged.", await RestoreAsync("--without-erasures"));
        Assert.Equal(["backup", "data", "written"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("\"schema\": [0-9]+", "\"schema\": 999", "has schema version 999, but this program knows up to ")]
    [InlineData("\"format\": 1", "\"format\": 2", "has format 2, but this program reads format 1.")]
    [InlineData("\"dinorleans.db\"", "\"../dinorleans.db\"", "is damaged: files names a path outside of the backup.")]
    [InlineData("\"dinorleans.db\"", "\"other.db\"", "is damaged: files lacks dinorleans.db.")]
    [InlineData("\"takenAt\"", "\"taken\"", "is damaged: ")]
    public async Task Restore_ManifestThatDoesNotFit_IsRefused(string pattern, string replacement, string reason)
    {
        await MakeBackupAsync();
        string manifest = Path.Combine(Backup, "backup.json");
        string text = await File.ReadAllTextAsync(manifest, Cancellation);
        Assert.Matches(pattern, text);
        await File.WriteAllTextAsync(manifest, Regex.Replace(text, pattern, replacement), Cancellation);
        AssertRefused(reason, await RestoreAsync("--without-erasures"));
        Assert.False(Directory.Exists(Restored));
    }

    [Fact]
    public async Task Restore_OverAServerOrAnotherFolder_IsRefusedAndLeavesIt()
    {
        await MakeBackupAsync();
        await using var server = new ServedFolder(Data);
        AssertRefused($"A server uses {Data}: stop it, and restore to a new folder.", await CliProcess.RunAsync(_folder.Path, "restore", Backup, "--to", Data, "--without-erasures"));
        await server.AppendAsync(Users, Events, 1);

        // A server that has begun nothing yet.
        using (FolderLock.Take(_folder["new"]))
        {
            AssertRefused("A server uses ", await CliProcess.RunAsync(_folder.Path, "restore", Backup, "--to", _folder["new"], "--without-erasures"));
        }

        string notes = _folder.Write("restored/notes.txt", "precious");
        AssertRefused($"{Restored} is not empty: restore to a new folder", await RestoreAsync("--without-erasures"));
        AssertRefused($"{notes} is not empty: restore to a new folder", await CliProcess.RunAsync(_folder.Path, "restore", Backup, "--to", notes, "--without-erasures"));
        Assert.Equal("precious", await File.ReadAllTextAsync(notes, Cancellation));
        Assert.Equal([notes], Directory.GetFileSystemEntries(Restored));
    }

    [Fact]
    public async Task Restore_SomethingThatIsNoBackup_IsRefused()
    {
        AssertRefused($"There is no folder {Backup}.", await RestoreAsync("--without-erasures"));
        _folder.Write("backup/backup.json", "{");
        AssertRefused($"{Path.Combine(Backup, "backup.json")} is damaged: ", await RestoreAsync("--without-erasures"));
        Assert.False(Directory.Exists(Restored));
    }

    [Fact]
    public async Task Restore_BackupOfAnOlderProgram_IsBroughtUpToDateByTheServer()
    {
        string path = Path.Combine(Directory.CreateDirectory(Data).FullName, SqliteOptions.FileName);
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            SqliteSchema.Migrate(connection, path, SqliteSchema.Steps.AsSpan()[..^1]);
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText =
                """
                INSERT INTO users (id, user_id) VALUES (1, 'u1'), (2, 'u2');
                INSERT INTO item_ids (id, item_id) VALUES (1, 'i1');
                INSERT INTO event_types (id, name) VALUES (1, 'click');
                INSERT INTO events (user, time, arrival, event_id, item, type) VALUES (1, 1, 1, 'e1', 1, 1), (2, 1, 2, 'e2', 1, 1);
                """;
            command.ExecuteNonQuery();
        }

        Assert.Equal(0, (await CliProcess.RunAsync(_folder.Path, "backup", Data, "--to", Backup)).Code);
        Assert.Equal(0, (await RestoreAsync("--erasures", Data)).Code);
        Assert.Equal(SqliteFile.CurrentSchema - 1, new SqliteFile(Path.Combine(Restored, SqliteOptions.FileName)).Schema());
        await using (var restored = new ServedFolder(Restored))
        {
            Assert.Equal(["u1", "u2"], (await restored.EventsAsync()).Keys.Order());
        }

        Assert.Equal(SqliteFile.CurrentSchema, new SqliteFile(Path.Combine(Restored, SqliteOptions.FileName)).Schema());
    }

    [Fact]
    [Trait("Category", "Root")]
    public async Task Restore_DiskWithoutRoom_IsRefusedAndLeavesNothing()
    {
        await MakeBackupAsync();
        using SmallDisk? disk = SmallDisk.TryMount(megabytes: 20, out string whyNot);
        Assert.SkipWhen(disk is null, whyNot);
        disk.FillHalf();
        string to = Path.Combine(disk.Path, "restored");
        AssertRefused($"{to} needs ", await CliProcess.RunAsync(_folder.Path, "restore", Backup, "--to", to, "--without-erasures"));
        Assert.Equal(["ballast"], Directory.GetFileSystemEntries(disk.Path).Select(Path.GetFileName));

        // A disk of its own is an empty folder that cannot be renamed into place.
        disk.Free();
        Assert.Equal(0, (await CliProcess.RunAsync(_folder.Path, "restore", Backup, "--to", disk.Path, "--without-erasures")).Code);
        await using var restored = new ServedFolder(disk.Path);
        Assert.Equal(Users, (await restored.EventsAsync()).Count);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private static string[] Files(string folder) => [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f)).Order(StringComparer.Ordinal)];

    /// <summary>Fills a data folder, unless it is filled, and makes a backup of it.</summary>
    /// <returns>The active version.</returns>
    private async Task<string> MakeBackupAsync()
    {
        await using var server = new ServedFolder(Data);
        if ((await server.EventsAsync()).Count == 0)
        {
            await server.FillAsync(Users, Events);
        }

        string version = await server.PublishAsync(ServedFolder.WriteVersion(_folder["written"], seed: 1));
        _folder.Write("data/schema.json", TestShop.SmallShop.Schema.ToJson());
        Ended end = await CliProcess.RunAsync(_folder.Path, "backup", Data, "--to", Backup);
        Assert.True(end.Code == 0, end.Errors);
        return version;
    }

    private Task<Ended> RestoreAsync(params string[] arguments) => CliProcess.RunAsync(_folder.Path, ["restore", Backup, "--to", Restored, .. arguments]);
}
