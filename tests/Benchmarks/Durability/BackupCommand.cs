using System.CommandLine;
using DinOrleans.Benchmarks.Cli;
using DinOrleans.Benchmarks.Servers;
using DinOrleans.Benchmarks.Shop;

namespace DinOrleans.Benchmarks.Durability;

/// <summary><c>backup</c>: behaviours acknowledged at a fixed rate, without and with backups of the data folder beside.</summary>
internal static class BackupCommand
{
    private const int History = 20;

    public static Command Create()
    {
        var rate = CommonOptions.Number("--rate", "Events a second.", 5_000, 100, 1_000_000);
        var batch = CommonOptions.Number("--batch", "Events a request.", 100, 1, 1_000);
        var seconds = CommonOptions.Number("--seconds", "Length of a load.", 30, 1, 3_600);
        var rounds = CommonOptions.Number("--rounds", "Rounds of each load, in turns.", 3, 1, 100);
        var events = CommonOptions.Number("--events", "Behaviours in the log before backups are measured.", 2_000_000, 0, 100_000_000);
        var scratch = CommonOptions.Scratch();
        var command = new Command("backup", "Measures the acknowledgement of behaviours on SQLite without and with backups beside.") { rate, batch, seconds, rounds, events, scratch };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            string folder = Path.GetFullPath(arguments.GetValue(scratch)!);
            string repository = Repository.Folder();
            await DotnetBuild.RunAsync(Path.Combine(repository, "src", "Standalone"), cancellationToken).ConfigureAwait(false);
            await DotnetBuild.RunAsync(Path.Combine(repository, "src", "Cli"), cancellationToken).ConfigureAwait(false);
            BenchmarkShop shop = BenchmarkShop.In(Path.Combine(folder, $"shop-{History}"), History);
            using AppendServer server = AppendServer.Start("ours", repository, Database.Sqlite, shop);
            var load = new AppendLoad(server, arguments.GetValue(rate), arguments.GetValue(batch), TimeSpan.FromSeconds(arguments.GetValue(seconds)));
            await load.WarmUpAsync(cancellationToken).ConfigureAwait(false);
            await load.FillAsync(arguments.GetValue(events), cancellationToken).ConfigureAwait(false);
            AppendLoad.WriteHeader();
            List<string> made = [];
            for (int round = 0; round < arguments.GetValue(rounds); round++)
            {
                await load.OpenAsync("", cancellationToken).ConfigureAwait(false);
                using var beside = new BackupLoop(BackupLoop.Program(repository), server.Data, folder);
                await load.OpenAsync(", backups beside", cancellationToken).ConfigureAwait(false);
                made.Add(await beside.StopAsync().ConfigureAwait(false));
            }

            made.ForEach(Console.WriteLine);
        });
        return command;
    }
}
