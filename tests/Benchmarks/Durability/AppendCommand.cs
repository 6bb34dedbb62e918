using System.CommandLine;
using DinOrleans.Benchmarks.Cli;
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
        var log = new Option<string[]>("--log")
        {
            Description = $"{Database.Sqlite} or {Database.Postgres}; both by default.",
            DefaultValueFactory = _ => [Database.Sqlite, Database.Postgres],
        };
        log.AcceptOnlyFromAmong(Database.Sqlite, Database.Postgres);
        var against = new Option<string?>("--against") { Description = "Folder of another source tree of this repository, measured in the same turns." };
        var scratch = CommonOptions.Scratch();
        var command = new Command("append", "Measures the acknowledgement of behaviours, on SQLite and on PostgreSQL.") { rate, batch, seconds, log, against, scratch };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            string folder = Path.GetFullPath(arguments.GetValue(scratch)!);
            List<(string Name, string Repository)> trees = [("ours", Repository.Folder())];
            if (arguments.GetValue(against) is { } other)
            {
                trees.Insert(0, ("before", Path.GetFullPath(other)));
            }

            foreach ((_, string repository) in trees)
            {
                await DotnetBuild.RunAsync(Path.Combine(repository, "src", "Standalone"), cancellationToken).ConfigureAwait(false);
            }

            BenchmarkShop shop = BenchmarkShop.In(Path.Combine(folder, $"shop-{History}"), History);
            AppendLoad.WriteHeader();
            foreach (string name in arguments.GetValue(log)!)
            {
                List<AppendServer> servers = [];
                try
                {
                    foreach ((string tree, string repository) in trees)
                    {
                        servers.Add(AppendServer.Start(tree, repository, name, shop));
                    }

                    var duration = TimeSpan.FromSeconds(arguments.GetValue(seconds));
                    await MeasureAsync([.. servers.Select(s => new AppendLoad(s, arguments.GetValue(rate), arguments.GetValue(batch), duration))], cancellationToken).ConfigureAwait(false);
                }
                finally
                {
                    servers.ForEach(s => s.Dispose());
                }
            }
        });
        return command;
    }

    private static async Task MeasureAsync(List<AppendLoad> loads, CancellationToken cancellationToken)
    {
        foreach (AppendLoad load in loads)
        {
            await load.WarmUpAsync(cancellationToken).ConfigureAwait(false);
        }

        foreach (AppendLoad load in loads)
        {
            await load.OpenAsync("", cancellationToken).ConfigureAwait(false);
        }

        foreach (AppendLoad load in loads)
        {
            await load.ClosedAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
