using System.CommandLine;
using DinOrleans.Benchmarks.Cli;
using DinOrleans.Benchmarks.Servers;
using DinOrleans.Datasets.SampleShop;
using DinOrleans.Datasets.Shoppers;
using DinOrleans.Datasets.Shoppers.Crowd;

namespace DinOrleans.Benchmarks.Loop;

/// <summary><c>loop</c>: how good rankings are by popularity, by the first model and after each retraining on what shoppers did meanwhile.</summary>
internal static class LoopCommand
{
    public static Command Create()
    {
        var users = CommonOptions.Number("--users", "Users of the shop.", 1_500, 10, 1_000_000);
        var items = CommonOptions.Number("--items", "Items of the shop.", 2_000, 600, 1_000_000);
        var past = CommonOptions.Number("--past", "Rankings of each user before the start, which the first version learns from.", 12, 1, 120);
        var drift = CommonOptions.Number("--drift", "How fast tastes drift, percent.", 10, 0, 100);
        var visits = CommonOptions.Number("--visits", "Visits of each round.", 3_000, 1, 100_000_000);
        var retrainings = CommonOptions.Number("--retrainings", "Trainings after the first one.", 5, 0, 1_000);
        var candidates = CommonOptions.Number("--candidates", "Candidates of a ranking.", 100, 1, 1_000);
        var limit = CommonOptions.Number("--limit", "Items that a ranking shows.", 10, 1, 1_000);
        var concurrency = CommonOptions.Number("--concurrency", "Visits under way at the same time.", 4, 1, ShoppersOptions.MostConcurrency);
        var seed = CommonOptions.Number("--seed", "Seed of the shop and of the shoppers.", 1, 0, int.MaxValue);
        var impressions = new Option<bool>("--impressions") { Description = "Shoppers send an impression event for each item they looked at." };
        var settings = new Option<string[]>("--setting") { Description = "Configuration of the server, for example Scoring:Kernel=Fused.", DefaultValueFactory = _ => [] };
        var scratch = CommonOptions.Scratch();
        var command = new Command("loop", "Measures the closed loop: simulated shoppers click, the server learns from it, and the click-through rate follows.")
        {
            users, items, past, drift, visits, retrainings, candidates, limit, concurrency, seed, impressions, settings, scratch,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            string repository = Repository.Folder();
            await DotnetBuild.RunAsync(Path.Combine(repository, "src", "Standalone"), cancellationToken).ConfigureAwait(false);
            var shop = new SampleShopOptions
            {
                Users = arguments.GetValue(users),
                Items = arguments.GetValue(items),
                RankingsPerUser = arguments.GetValue(past),
                InterestDrift = arguments.GetValue(drift) / 100.0,
                Seed = arguments.GetValue(seed),
            };
            var crowd = new ShopperCrowd(GeneratedShop.Generate(shop, cancellationToken), new()
            {
                Seed = arguments.GetValue(seed),
                Candidates = arguments.GetValue(candidates),
                Limit = arguments.GetValue(limit),
                Concurrency = arguments.GetValue(concurrency),
                SendsImpressions = arguments.GetValue(impressions),
            });
            // A round measures one version, so each is made active before its round.
            string[] all = ["Experiments:RollOut=Immediate", .. arguments.GetValue(settings)!];
            using LoopServer server = LoopServer.Start(repository, Path.GetFullPath(arguments.GetValue(scratch)!), shop, all, cancellationToken);
            await new LoopRounds(crowd, server, arguments.GetValue(visits)).RunAsync(arguments.GetValue(retrainings), cancellationToken).ConfigureAwait(false);
        });
        return command;
    }
}
