using System.CommandLine;
using DinOrleans.Benchmarks.Cli;
using DinOrleans.Benchmarks.Load;
using DinOrleans.Benchmarks.Servers;
using DinOrleans.Benchmarks.Shop;

namespace DinOrleans.Benchmarks.Durability;

/// <summary><c>append</c>: behaviours acknowledged at a fixed rate, and as fast as they are taken.</summary>
internal static class AppendCommand
{
    private const int History = 20;

    public static Command Create()
    {
        var rate = CommonOptions.Number("--rate", "Events a second of the open loop.", 5_000, 100, 1_000_000);
        var batch = CommonOptions.Number("--batch", "Events a request.", 100, 1, 1_000);
        var seconds = CommonOptions.Number("--seconds", "Length of a load.", 30, 1, 3_600);
        var backups = new Option<bool>("--beside-backup") { Description = "Measures SQLite only, without and with backups of the data folder beside, one after the other." };
        var events = CommonOptions.Number("--events", "Behaviours in the log before backups are measured.", 2_000_000, 0, 100_000_000);
        var scratch = CommonOptions.Scratch();
        var command = new Command("append", "Measures the acknowledgement of behaviours, on SQLite and on PostgreSQL.") { rate, batch, seconds, backups, events, scratch };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            string folder = Path.GetFullPath(arguments.GetValue(scratch)!);
            string repository = Repository.Folder();
            await DotnetBuild.RunAsync(Path.Combine(repository, "src", "Standalone"), cancellationToken).ConfigureAwait(false);
            await DotnetBuild.RunAsync(Path.Combine(repository, "src", "Cli"), cancellationToken).ConfigureAwait(false);
            BenchmarkShop shop = BenchmarkShop.In(Path.Combine(folder, $"shop-{History}"), History);
            Console.WriteLine("| log | load | events/s acknowledged | p50 ms | p99 ms | longest ms | CPU µs per event | failed requests |");
            Console.WriteLine("|---|---|---:|---:|---:|---:|---:|---:|");
            bool isBesideBackups = arguments.GetValue(backups);
            foreach (string name in isBesideBackups ? (string[])[Database.Sqlite] : [Database.Sqlite, Database.Postgres])
            {
                string data = Directory.CreateTempSubdirectory("append-").FullName;
                using (Database database = Database.Start(name))
                {
                    using ServerProcess server = StandaloneServer.Start(name, StandaloneServer.Program(repository), data, shop, database.Settings);
                    var load = new AppendLoad(server, arguments.GetValue(rate), arguments.GetValue(batch), TimeSpan.FromSeconds(arguments.GetValue(seconds)));
                    await load.WarmUpAsync(new RankRequests(new RankShape(1, History)), cancellationToken).ConfigureAwait(false);
                    if (isBesideBackups)
                    {
                        await load.FillAsync(arguments.GetValue(events), cancellationToken).ConfigureAwait(false);
                        await load.OpenAsync("", cancellationToken).ConfigureAwait(false);
                        using var beside = new BackupLoop(BackupLoop.Program(repository), data, folder);
                        await load.OpenAsync(", backups beside", cancellationToken).ConfigureAwait(false);
                        Console.WriteLine(await beside.StopAsync().ConfigureAwait(false));
                    }
                    else
                    {
                        await load.OpenAsync("", cancellationToken).ConfigureAwait(false);
                        await load.ClosedAsync(cancellationToken).ConfigureAwait(false);
                    }
                }

                Directory.Delete(data, recursive: true);
            }
        });
        return command;
    }
}
