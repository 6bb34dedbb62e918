using System.Text.Json;
using DinOrleans.Cli.Tests.Backups;
using DinOrleans.Storage.Folders;
using DinOrleans.Storage.Sqlite;
using DinOrleans.TestMachine;
using Microsoft.Data.Sqlite;

namespace DinOrleans.Cli.Tests.Doctor;

/// <summary><c>doctor</c> on a data folder. Whatever it finds, the folder stays as it was.</summary>
public sealed class DoctorCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private string _version = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Data => _folder["data"];

    private string Database => Path.Combine(Data, SqliteOptions.FileName);

    [Fact]
    public async Task Doctor_FolderOfAServer_FindsNothingWrongBesideItAndAfterIt()
    {
        await using (ServedFolder server = await FillAsync())
        {
            Ended beside = await RunAsync();
            Assert.Equal((0, ""), (beside.Code, beside.Errors));
            Assert.Equal(
                $"note: {Data}: A server uses it. What it is writing now may be named below as unfinished.\nNothing is wrong.\n", beside.Output);
            await server.AppendAsync(users: 2, first: 100, eventsAUser: 1);
        }

        await AssertFoundAsync(0, "Nothing is wrong.\n");
        await AssertFoundAsync(0, "Nothing is wrong.\n", "--full");
    }

    [Fact]
    public async Task Doctor_DamagedVersion_NamesItsFileAndWhatToDo()
    {
        await using (await FillAsync())
        {
        }

        BackupCommandTests.FlipByte(Path.Combine(Data, "versions", _version, "parameters.bin"));
        await AssertFoundAsync(
            1,
            $"problem: {Path.Combine(Data, "versions", _version)}: This version, which serves, is damaged: parameters.bin: is damaged: its SHA-256 differs from the manifest's. Put the folder back");
    }

    [Fact]
    public async Task Doctor_MissingAndUnnamedVersions_AreToldApart()
    {
        await using (await FillAsync())
        {
        }

        string other = ServedFolder.WriteVersion(Path.Combine(Data, "versions"), seed: 9);
        Directory.Delete(Path.Combine(Data, "versions", _version), recursive: true);
        await AssertFoundAsync(
            1,
            $"problem: {Path.Combine(Data, "versions", _version)}: The registry names this version, which serves, but it is missing.",
            $"note: {other}: The registry does not name this version",
            "1 problem.\n");
    }

    [Fact]
    public async Task Doctor_DamagedOrMissingDatabase_SaysHowToComeBack()
    {
        await using (ServedFolder server = await FillAsync())
        {
            await server.AppendAsync(users: 300, first: 100, eventsAUser: 50);
        }

        await using (FileStream file = File.OpenWrite(Database))
        {
            file.Position = file.Length / 2 / 4096 * 4096;
            await file.WriteAsync(new byte[3 * 4096], Cancellation);
        }

        await AssertFoundAsync(1, $"problem: {Database}: It is damaged: ", $"restore a backup to a new folder with --erasures {Data}.");
        await File.WriteAllTextAsync(Database, new string('x', 10_000), Cancellation);
        await AssertFoundAsync(1, $"problem: {Database}: It is damaged: ", "file is not a database");
        File.Delete(Database);
        await AssertFoundAsync(1, $"problem: {Database}: It is missing. Restore a backup");
    }

    [Fact]
    public async Task Doctor_DatabaseOfAnotherProgram_SaysWhichVersions()
    {
        await using (await FillAsync())
        {
        }

        BackupCommandTests.SetSchema(Data, SqliteFile.CurrentSchema - 1);
        await AssertFoundAsync(
            0, $"note: {Database}: It has schema version {SqliteFile.CurrentSchema - 1}, this program makes {SqliteFile.CurrentSchema}. The next start", "Nothing is wrong.\n");
        BackupCommandTests.SetSchema(Data, SqliteFile.CurrentSchema + 1);
        await AssertFoundAsync(1, $"problem: {Database}: It has schema version {SqliteFile.CurrentSchema + 1}, but this program knows up to {SqliteFile.CurrentSchema}. Use the program that made it");
    }

    [Fact]
    public async Task Doctor_WhatWasLeftUnfinished_IsNamed()
    {
        await using (await FillAsync())
        {
        }

        foreach (string left in (string[])["versions/.receiving-1", "sample-shop.1.partial", ".restoring-1"])
        {
            Directory.CreateDirectory(Path.Combine(Data, left));
        }

        Directory.CreateDirectory(_folder[".restoring-2"]);
        await AssertFoundAsync(
            1,
            $"note: {Path.Combine(Data, "versions/.receiving-1")}: It is unfinished. The next start of the server removes it.",
            $"note: {Path.Combine(Data, "sample-shop.1.partial")}: It is unfinished.",
            $"problem: {Path.Combine(Data, ".restoring-1")}: A restore that was interrupted has left it. Remove it",
            $"problem: {_folder[".restoring-2"]}: A restore that was interrupted has left it.",
            "2 problems.\n");
    }

    [Fact]
    public async Task Doctor_DamagedSchemaFile_NamesItAndTheRule()
    {
        await using (await FillAsync())
        {
        }

        _folder.Write("data/schema.json", """{ "tasks": 7 }""");
        await AssertFoundAsync(1, $"problem: {Path.Combine(Data, "schema.json")}: ", "tasks must be an array");
    }

    [Fact]
    public async Task Doctor_DatabaseOlderThanTheJournal_SaysThatErasedUsersAreInIt()
    {
        await using (await FillAsync())
        {
        }

        File.Copy(Database, _folder["older.db"]);
        await using (var server = new ServedFolder(Data))
        {
            await server.EraseAsync("u1");
        }

        await AssertFoundAsync(0, "Nothing is wrong.\n");
        File.Copy(_folder["older.db"], Database, overwrite: true);
        await AssertFoundAsync(1, $"problem: {Database}: It is older than the erasure journal: 1 erased users are in it. Start the server again");
        await File.AppendAllTextAsync(Directory.GetFiles(Path.Combine(Data, "erasures"))[0], "?\n", Cancellation);
        await AssertFoundAsync(1, $"problem: {Path.Combine(Data, "erasures")}: ", " cannot be read.");
    }

    [Fact]
    public async Task Doctor_TwoServersOnOneFolder_SaysSo()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells who has a file open.");
        await using ServedFolder first = await FillAsync();
        File.Delete(Path.Combine(Data, FolderLock.FileName));
        using FolderLock second = FolderLock.Take(Data);
        Ended end = await RunAsync();
        Assert.Equal(1, end.Code);
        Assert.Contains($"problem: {Data}: 2 processes have its lock open, so several servers may use the folder. Stop all but one at once", end.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Root")]
    public async Task Doctor_DiskThatIsNearlyFull_SaysHowMuchIsMissing()
    {
        using SmallDisk? disk = SmallDisk.TryMount(megabytes: 24, out string whyNot);
        Assert.SkipWhen(disk is null, whyNot);
        string data = Path.Combine(disk.Path, "data");
        await using (var server = new ServedFolder(data))
        {
            await server.FillAsync(users: 2, eventsAUser: 2);
        }

        Ended end = await CliProcess.RunAsync(_folder.Path, "doctor", data);
        Assert.Equal(1, end.Code);
        Assert.Matches($"problem: {data}: Its disk has [0-9.]+ MiB free, and the server should have 256\\.[0-9] MiB\\. Make room", end.Output);
    }

    [Fact]
    public async Task Doctor_Json_HasTheSameFindingsAndCode()
    {
        await using (await FillAsync())
        {
        }

        File.Delete(Database);
        Ended end = await RunAsync("--json");
        Assert.Equal((1, ""), (end.Code, end.Errors));
        using var json = JsonDocument.Parse(end.Output);
        Assert.Equal(1, json.RootElement.GetProperty("exitCode").GetInt32());
        JsonElement finding = Assert.Single(json.RootElement.GetProperty("findings").EnumerateArray());
        Assert.Equal(
            ("problem", Database, "It is missing."),
            (finding.GetProperty("severity").GetString(), finding.GetProperty("subject").GetString(), finding.GetProperty("finding").GetString()));
        Assert.StartsWith("Restore a backup", finding.GetProperty("advice").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_NothingToLookAt_IsRefusedInOneLine()
    {
        BackupCommandTests.AssertRefused("At least one of FOLDER, --postgres and --url must be given.", await CliProcess.RunAsync(_folder.Path, "doctor"));
        BackupCommandTests.AssertRefused($"There is no folder {_folder["nowhere"]}.", await CliProcess.RunAsync(_folder.Path, "doctor", _folder["nowhere"]));
        BackupCommandTests.AssertRefused($"{_folder.Path} is not the data folder of a server: it has neither", await CliProcess.RunAsync(_folder.Path, "doctor", _folder.Path));
        BackupCommandTests.AssertRefused(
            "--postgres must be a PostgreSQL connection string", await CliProcess.RunAsync(_folder.Path, "doctor", "--postgres", "Database=x;Password=secret;Nonsense=1"));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private static string[] State(string folder) =>
    [
        .. Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => $"{path} {(File.Exists(path) ? Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))) : "")}"),
    ];

    /// <summary>A server with a version that serves, a schema and a few events.</summary>
    private async Task<ServedFolder> FillAsync()
    {
        var server = new ServedFolder(Data);
        await server.FillAsync(users: 3, eventsAUser: 5);
        _version = await server.PublishAsync(ServedFolder.WriteVersion(_folder["written"], seed: 1));
        _folder.Write("data/schema.json", TestShop.SmallShop.Schema.ToJson());
        return server;
    }

    /// <summary>Runs it where no server runs, and asserts that it says these things and leaves the folder as it is.</summary>
    private async Task AssertFoundAsync(int code, params string[] texts)
    {
        string[] before = State(Data);
        string[] options = [.. texts.Where(t => t.StartsWith("--", StringComparison.Ordinal))];
        Ended end = await RunAsync(options);
        Assert.Equal((code, ""), (end.Code, end.Errors));
        Assert.All(texts.Except(options), text => Assert.Contains(text, end.Output, StringComparison.Ordinal));
        Assert.Equal(before, State(Data));
    }

    private Task<Ended> RunAsync(params string[] options) => CliProcess.RunAsync(_folder.Path, ["doctor", Data, .. options]);
}
