using System.CommandLine;
using System.Globalization;
using DinOrleans.Benchmarks.Cli;
using DinOrleans.Benchmarks.Servers;
using DinOrleans.Model.Representation;

namespace DinOrleans.Benchmarks.Catalogue;

/// <summary><c>catalogue</c>: what a large catalogue takes, and what it costs the rankings, beside one of 60,000 items.</summary>
internal static class CatalogueCommand
{
    private const int Usual = 60_000;
    private const double Megabyte = 1024 * 1024;

    public static Command Create()
    {
        var items = CommonOptions.Number("--items", "Items of the large catalogue.", 1_000_000, 1_000, 20_000_000);
        var seconds = CommonOptions.Number("--seconds", "Length of a load.", 15, 1, 600);
        var connections = CommonOptions.Number("--connections", "Connections of the load.", 4, 1, 64);
        var settings = new Option<string[]>("--setting") { Description = "Configuration of the server, for example Scoring:Kernel=Fused.", DefaultValueFactory = _ => [] };
        var tables = new Option<TableNumbers>("--tables") { Description = "How the numbers of the versions' tables are stored.", DefaultValueFactory = _ => TableNumbers.Bits16 };
        var scratch = CommonOptions.Scratch();
        var command = new Command("catalogue", "Measures memory, start, swap and rankings of 100x50 with a large catalogue.") { items, seconds, connections, settings, tables, scratch };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            string repository = Repository.Folder();
            await DotnetBuild.RunAsync(Path.Combine(repository, "src", "Standalone"), cancellationToken).ConfigureAwait(false);
            Console.WriteLine("| items | ready s | one version MB | swap s | peak of the swap MB | two versions MB | rankings/s | p50 ms | p99 ms |");
            Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
            foreach (int size in new[] { Usual, arguments.GetValue(items) }.Distinct())
            {
                string folder = Path.Combine(Path.GetFullPath(arguments.GetValue(scratch)!), string.Create(CultureInfo.InvariantCulture, $"catalogue-{size}"));
                CatalogueShop shop = await CatalogueShop.PrepareAsync(folder, size, arguments.GetValue(tables), cancellationToken).ConfigureAwait(false);
                var run = new CatalogueRun(shop, StandaloneServer.Program(repository), arguments.GetValue(settings)!, size, arguments.GetValue(connections));
                CatalogueResult result = await run.MeasureAsync(TimeSpan.FromSeconds(arguments.GetValue(seconds)), cancellationToken).ConfigureAwait(false);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {size:N0} | {result.Ready.TotalSeconds:F1} | {result.OneVersion / Megabyte:N0} | {result.Swap.TotalSeconds:F1} | {result.PeakOfSwap / Megabyte:N0} | {result.TwoVersions / Megabyte:N0} | {result.Load.RequestsPerSecond:N0} | {result.Load.Milliseconds(0.5):F2} | {result.Load.Milliseconds(0.99):F2} |"));
            }
        });
        return command;
    }
}
