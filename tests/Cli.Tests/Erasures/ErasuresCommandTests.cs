using DinOrleans.Cli.Tests.Backups;
using DinOrleans.Storage.Erasures;
using DinOrleans.Storage.Sqlite;
using DinOrleans.TestMachine;
using Microsoft.Data.Sqlite;
using static DinOrleans.Cli.Tests.Backups.BackupCommandTests;

namespace DinOrleans.Cli.Tests.Erasures;

/// <summary><c>erasures</c> on data folders.</summary>
public sealed class ErasuresCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Data => _folder["data"];

    private string Exported => _folder["erasures.jsonl"];

    [Fact]
    public async Task Export_BesideAServer_HasEveryTombstone()
    {
        await using var server = new ServedFolder(Data);
        await server.FillAsync(users: 3, eventsAUser: 2);
        await server.EraseAsync("u1");
        await server.EraseAsync("ü💥'\"\n");
        Ended end = await RunAsync("export", "--store", Data, "--to", Exported);
        Assert.Equal((0, "", $"{Exported}: 2 erased users.\n"), (end.Code, end.Errors, end.Output));
        ErasureList list = ErasureFile.Read(Exported);
        Assert.Equal(["u1", "ü💥'\"\n"], list.Erasures.Select(e => e.UserId).Order(StringComparer.Ordinal));
        Assert.Null(list.From);
        Assert.NotNull(list.To);
        AssertRefused($"--to: {Exported} exists.", await RunAsync("export", "--store", Data, "--to", Exported));
        AssertRefused($"There is no file {_folder["dinorleans.db"]}.", await RunAsync("export", "--store", _folder.Path, "--to", _folder["other"]));
        Assert.Equal(["data", "erasures.jsonl"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Apply_ToAFolderThatWasPutBack_ErasesAgainAndOnlyOnce()
    {
        await using (var server = new ServedFolder(Data))
        {
            await server.FillAsync(users: 3, eventsAUser: 2);
        }

        Directory.CreateDirectory(_folder["older"]);
        File.Copy(Path.Combine(Data, SqliteOptions.FileName), Path.Combine(_folder["older"], SqliteOptions.FileName));
        await using (var server = new ServedFolder(Data))
        {
            await server.EraseAsync("u1");
        }

        Ended first = await RunAsync("apply", Data, "--store", _folder["older"]);
        Assert.Equal((0, "", "1 users had to be erased again, of 1 whose erasure is known.\n"), (first.Code, first.Errors, first.Output));
        Ended second = await RunAsync("apply", Data, "--store", _folder["older"]);
        Assert.Equal("0 users had to be erased again, of 1 whose erasure is known.\n", second.Output);
        await using var older = new ServedFolder(_folder["older"]);
        Assert.Equal(["u0", "u2"], (await older.EventsAsync()).Keys.Order());
        AssertRefused($"Another process uses {_folder["older"]}.", await RunAsync("apply", Data, "--store", _folder["older"]));
        AssertRefused("There is no file or folder nowhere.", await RunAsync("apply", "nowhere", "--store", Data));
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private Task<Ended> RunAsync(params string[] arguments) => CliProcess.RunAsync(_folder.Path, ["erasures", .. arguments]);
}
