using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DinOrleans.Storage.Sqlite;
using DinOrleans.TestMachine;
using Microsoft.Data.Sqlite;

namespace DinOrleans.Cli.Tests.Backups;

/// <summary><c>backup</c>, beside a server that uses the folder.</summary>
public sealed class BackupCommandTests : IDisposable
{
    private const int Users = 5;
    private const int Events = 40;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Backup => _folder["backup"];

    [Fact]
    public async Task Backup_BesideAServer_HoldsTheDatabaseTheVersionsAndTheirDigests()
    {
        await using ServedFolder server = await StartAsync();
        string version = await server.PublishAsync(ServedFolder.WriteVersion(_folder["written"], seed: 1));
        _folder.Write("data/versions/.writing-1/manifest.json", "{");
        _folder.Write("data/schema.json", "{}");

        Ended end = await RunAsync("backup", server.Path, "--to", Backup);

        Assert.Equal((0, ""), (end.Code, end.Errors));
        Assert.Matches($"^{Backup}: 200 events of 5 users as of 20..-..-..T..:..:..Z, 1 model versions, [0-9.]+ MiB\\.\n$", end.Output);
        string[] files = [.. Directory.GetFiles(Backup, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Backup, f)).Order(StringComparer.Ordinal)];
        using var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Backup, "backup.json"), Cancellation));
        Assert.Equal(
            files,
            manifest.RootElement.GetProperty("files").EnumerateObject().Select(f => f.Name).Append("backup.json").Order(StringComparer.Ordinal));
        Assert.Contains($"versions/{version}/scorer.onnx", files);
        Assert.Contains("schema.json", files);
        Assert.DoesNotContain(files, f => f.Contains("writing", StringComparison.Ordinal));
        await server.AppendAsync(Users, Events, 1);
    }

    [Fact]
    public async Task Backup_FolderInUseByAnotherBackup_IsRefusedAndLeftAsItIs()
    {
        await using ServedFolder server = await StartAsync();
        Assert.Equal(0, (await RunAsync("backup", server.Path, "--to", Backup)).Code);
        string before = await File.ReadAllTextAsync(Path.Combine(Backup, "backup.json"), Cancellation);
        AssertRefused($"{Backup} holds a backup already: name another folder.", await RunAsync("backup", server.Path, "--to", Backup));
        Assert.Equal(before, await File.ReadAllTextAsync(Path.Combine(Backup, "backup.json"), Cancellation));

        string notes = _folder.Write("other/notes.txt", "precious");
        AssertRefused($"{_folder["other"]} is not empty: name another folder.", await RunAsync("backup", server.Path, "--to", _folder["other"]));
        AssertRefused($"{notes} is a file: a backup needs a folder of its own.", await RunAsync("backup", server.Path, "--to", notes));
        Assert.Equal("precious", await File.ReadAllTextAsync(notes, Cancellation));
    }

    [Fact]
    public async Task Backup_PathThatIsNotADataFolder_IsRefusedAndMakesNothing()
    {
        AssertRefused(
            $"{_folder.Path} is not the data folder of a server with an embedded database: it has no dinorleans.db.", await RunAsync("backup", _folder.Path, "--to", Backup));
        AssertRefused($"There is no folder {_folder["nowhere"]}.", await RunAsync("backup", _folder["nowhere"], "--to", Backup));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Backup_DamagedOrMissingVersion_IsLeftOutAndNamed()
    {
        await using ServedFolder server = await StartAsync();
        string damaged = await server.PublishAsync(ServedFolder.WriteVersion(_folder["written"], seed: 1));
        string whole = await server.PublishAsync(ServedFolder.WriteVersion(_folder["written"], seed: 2));
        string missing = await server.PublishAsync(ServedFolder.WriteVersion(_folder["written"], seed: 3));
        FlipByte(Path.Combine(server.Path, "versions", damaged, "scorer.onnx"));
        Directory.Delete(Path.Combine(server.Path, "versions", missing), recursive: true);

        Ended end = await RunAsync("backup", server.Path, "--to", Backup);

        Assert.Equal(0, end.Code);
        Assert.Equal(
            [
                $"warning: version {damaged} is damaged: scorer.onnx: is damaged: its SHA-256 differs from the manifest's; the backup does not have it.",
                $"warning: version {missing}, which serves, is missing from {Path.Combine(server.Path, "versions")}; the backup does not have it.",
            ],
            end.Errors.TrimEnd().Split('\n'));
        Assert.Equal([whole], Directory.GetDirectories(Path.Combine(Backup, "versions")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Backup_DamagedDatabase_IsRefusedAndLeavesNothing()
    {
        await using (ServedFolder server = await StartAsync())
        {
            await server.AppendAsync(users: 300, Events, eventsAUser: 50);
        }

        string database = Path.Combine(_folder["data"], SqliteOptions.FileName);
        await using (FileStream file = File.OpenWrite(database))
        {
            file.Position = file.Length / 2 / 4096 * 4096;
            await file.WriteAsync(new byte[3 * 4096], Cancellation);
        }

        AssertRefused($"{database} is damaged", await RunAsync("backup", _folder["data"], "--to", Backup));
        Assert.False(Directory.Exists(Backup));
    }

    [Fact]
    public async Task Backup_DatabaseOfANewerProgram_NamesBothVersions()
    {
        await using (ServedFolder server = await StartAsync())
        {
        }

        SetSchema(_folder["data"], SqliteFile.CurrentSchema + 1);
        AssertRefused(
            $"has schema version {SqliteFile.CurrentSchema + 1}, but this program knows up to {SqliteFile.CurrentSchema}.", await RunAsync("backup", _folder["data"], "--to", Backup));
        Assert.False(Directory.Exists(Backup));
    }

    [Theory]
    [InlineData("-INT", false)]
    [InlineData("-INT", true)]
    [InlineData("-KILL", false)]
    public async Task Backup_InterruptedMeanwhile_IsNotTakenForABackup(string signal, bool exists)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such signals.");
        await using ServedFolder server = await StartAsync();
        await server.AppendAsync(users: 500, Events, 250);
        if (exists)
        {
            Directory.CreateDirectory(Backup);
        }

        using Process process = CliProcess.Start(_folder.Path, ["backup", server.Path, "--to", Backup, "--rate", "1"]);
        string copy = Path.Combine(Backup, SqliteOptions.FileName);
        await Eventually.BecomesAsync(
            "the copy has begun", () => process.HasExited || (File.Exists(copy) && new FileInfo(copy).Length > 0), isSo => isSo, cancellationToken: Cancellation);
        Assert.False(process.HasExited);
        Assert.True(!OperatingSystem.IsLinux() || ThreadsBelowNormal(process.Id) >= 2, "The main thread and that of the copy must come after the server.");
        using (Process kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(Cancellation);
        }

        Ended end = await CliProcess.EndAsync(process);
        if (signal == "-INT")
        {
            Assert.Equal((130, "stopped; nothing of the backup is left\n"), (end.Code, end.Errors));
            Assert.Equal(exists, Directory.Exists(Backup));
            Assert.True(!exists || !Directory.EnumerateFileSystemEntries(Backup).Any());
        }
        else
        {
            AssertRefused(
                $"{Backup} has no backup.json: it is not a backup, or one that was interrupted.",
                await RunAsync("restore", Backup, "--to", _folder["restored"], "--without-erasures"));
            AssertRefused($"{Backup} is not empty: name another folder. What an interrupted backup left", await RunAsync("backup", server.Path, "--to", Backup));
        }

        await server.AppendAsync(Users, 1_000, 1);
    }

    [Fact]
    [Trait("Category", "Root")]
    public async Task Backup_DiskWithoutRoom_IsRefusedBeforeAndLeavesNothing()
    {
        using SmallDisk? disk = SmallDisk.TryMount(megabytes: 20, out string whyNot);
        Assert.SkipWhen(disk is null, whyNot);
        await using ServedFolder server = await StartAsync();
        disk.FillHalf();
        string to = Path.Combine(disk.Path, "backup");
        AssertRefused($"{to} needs ", await RunAsync("backup", server.Path, "--to", to));
        Assert.False(Directory.Exists(to));
        disk.Free();
        Assert.Equal(0, (await RunAsync("backup", server.Path, "--to", to)).Code);
    }

    [Fact]
    [Trait("Category", "Root")]
    public async Task Backup_DiskThatRunsFullMeanwhile_EndsAndLeavesNothing()
    {
        using SmallDisk? disk = SmallDisk.TryMount(megabytes: 64, out string whyNot);
        Assert.SkipWhen(disk is null, whyNot);
        await using ServedFolder server = await StartAsync();
        await server.AppendAsync(users: 500, Events, 250);
        string to = Path.Combine(disk.Path, "backup");
        using Process process = CliProcess.Start(_folder.Path, ["backup", server.Path, "--to", to, "--rate", "1"]);
        string copy = Path.Combine(to, SqliteOptions.FileName);
        await Eventually.BecomesAsync(
            "the copy has begun", () => process.HasExited || (File.Exists(copy) && new FileInfo(copy).Length > 0), isSo => isSo, cancellationToken: Cancellation);
        Assert.False(process.HasExited);
        disk.Fill();
        AssertRefused("The backup was not made, and nothing of it is left: ", await CliProcess.EndAsync(process));
        Assert.False(Directory.Exists(to));
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    /// <summary>Changes one byte in the middle of a file.</summary>
    internal static void FlipByte(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = file.Length / 2;
        int value = file.ReadByte();
        file.Position = file.Length / 2;
        file.WriteByte((byte)(value ^ 1));
    }

    /// <summary>The number of threads with the nice value of <see cref="ProcessPriorityClass.BelowNormal"/>, the 19th field of a thread's state.</summary>
    private static int ThreadsBelowNormal(int process) => Directory.EnumerateDirectories($"/proc/{process}/task")
        .Select(t => StateOf(Path.Combine(t, "stat")))
        .Count(state => state?[(state.LastIndexOf(')') + 2)..].Split(' ')[16] == "10");

    /// <returns>Null for a thread that has ended meanwhile.</returns>
    private static string? StateOf(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return null;
        }
    }

    internal static void SetSchema(string folder, int version)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, SqliteOptions.FileName)};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"PRAGMA user_version = {version}";
        command.ExecuteNonQuery();
    }

    /// <summary>One line says the reason, and the exit code is 1.</summary>
    internal static void AssertRefused(string reason, Ended end)
    {
        Assert.Equal((1, ""), (end.Code, end.Output));
        Assert.StartsWith("error: ", end.Errors, StringComparison.Ordinal);
        Assert.Contains(reason, end.Errors, StringComparison.Ordinal);
        Assert.Single(end.Errors.TrimEnd().Split('\n'));
    }

    private async Task<ServedFolder> StartAsync()
    {
        var server = new ServedFolder(_folder["data"]);
        await server.FillAsync(Users, Events);
        return server;
    }

    private Task<Ended> RunAsync(params string[] arguments) => CliProcess.RunAsync(_folder.Path, arguments);
}
