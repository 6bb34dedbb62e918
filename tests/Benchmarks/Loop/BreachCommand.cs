using System.CommandLine;
using DinOrleans.Benchmarks.Cli;
using DinOrleans.Benchmarks.Servers;
using DinOrleans.Datasets.SampleShop;
using DinOrleans.Datasets.Shoppers;
using DinOrleans.Datasets.Shoppers.Crowd;

namespace DinOrleans.Benchmarks.Loop;

/// <summary><c>breach</c>: how long an arm that does harm still ranks after its guard was breached, and what fails meanwhile.</summary>
internal static class BreachCommand
{
    /// <summary>Nothing is trained but the first version, so that the champion stays the same.</summary>
    private static readonly string[] NoTraining = ["Training:Every=3650.00:00:00", "Training:NewPositives=1000000000", "Training:LogLossRise=10"];

    public static Command Create()
    {
        var users = CommonOptions.Number("--users", "Users of the shop.", 1_500, 10, 1_000_000);
        var items = CommonOptions.Number("--items", "Items of the shop.", 2_000, 600, 1_000_000);
        var rounds = CommonOptions.Number("--rounds", "Experiments, one after another.", 5, 1, 1_000);
        var share = CommonOptions.Number("--share", "Percentage of the users whom the bad arm answers.", 25, 1, 99);
        var rate = CommonOptions.Number("--rate", "Visits that begin per second.", 60, 1, 100_000);
        var after = CommonOptions.Number("--after", "Seconds that shoppers go on after each breach.", 15, 1, 3_600);
        var concurrency = CommonOptions.Number("--concurrency", "Visits under way at the same time.", 16, 1, ShoppersOptions.MostConcurrency);
        var seed = CommonOptions.Number("--seed", "Seed of the shop and of the shoppers.", 1, 0, int.MaxValue);
        var settings = new Option<string[]>("--setting") { Description = "Configuration of the server, for example Scoring:Kernel=Fused.", DefaultValueFactory = _ => [] };
        var scratch = CommonOptions.Scratch();
        var command = new Command("breach", "Measures the time from a guard's breach to the bad arm's last ranking, and counts the rankings that fail.")
        {
            users, items, rounds, share, rate, after, concurrency, seed, settings, scratch,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            string repository = Repository.Folder();
            string folder = Path.GetFullPath(arguments.GetValue(scratch)!);
            await DotnetBuild.RunAsync(Path.Combine(repository, "src", "Standalone"), cancellationToken).ConfigureAwait(false);
            var shop = new SampleShopOptions { Users = arguments.GetValue(users), Items = arguments.GetValue(items), Seed = arguments.GetValue(seed) };
            var crowd = new ShopperCrowd(
                GeneratedShop.Generate(shop, cancellationToken), new() { Seed = arguments.GetValue(seed), Concurrency = arguments.GetValue(concurrency) });
            using LoopServer server = LoopServer.Start(repository, folder, shop, [.. NoTraining, .. arguments.GetValue(settings)!], cancellationToken);
            var run = new BreachRounds(crowd, server, folder)
            {
                Share = arguments.GetValue(share),
                Rate = arguments.GetValue(rate),
                After = TimeSpan.FromSeconds(arguments.GetValue(after)),
            };
            await run.RunAsync(arguments.GetValue(rounds), cancellationToken).ConfigureAwait(false);
        });
        return command;
    }
}
