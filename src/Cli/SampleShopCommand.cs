using System.CommandLine;
using System.Globalization;
using DinOrleans.Cli.Arguments;
using DinOrleans.Cli.Help;
using DinOrleans.Cli.Results;
using DinOrleans.Cli.Running;
using DinOrleans.Datasets.SampleShop;

namespace DinOrleans.Cli;

/// <summary>The command <c>sample-shop</c>, which generates the sample shop as a dataset.</summary>
internal static class SampleShopCommand
{
    public static Command Create()
    {
        var defaults = new SampleShopOptions();
        var output = new Option<string>("--out") { Description = "The dataset folder to write.", Required = true };
        Option<int> users = TypedOption.Whole("--users", "The number of shoppers.", SampleShopOptions.LeastUsers, SampleShopOptions.MostUsers, defaults.Users);
        Option<int> items = TypedOption.Whole("--items", "The number of items.", SampleShopOptions.LeastItems, SampleShopOptions.MostItems, defaults.Items);
        Option<double> drift = TypedOption.Number("--interest-drift", "How fast interests drift, 0 to 1.", 0, 1, defaults.InterestDrift);
        Option<int> seed = TypedOption.Whole("--seed", "The seed. The same seed gives the same shop.", int.MinValue, int.MaxValue, defaults.Seed);
        Command command = new Command("sample-shop", "Generates a shop with impressions and clicks, and prints how well it can be predicted at best.") { output, users, items, drift, seed }
            .Prints<SampleShopReport>()
            .WithExamples("dinorleans sample-shop --out sample-shop", "dinorleans sample-shop --out drifting-shop --interest-drift 0.5 --json");
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(() =>
        {
            SampleShopOptions options = defaults with
            {
                Users = arguments.GetValue(users),
                Items = arguments.GetValue(items),
                InterestDrift = arguments.GetValue(drift),
                Seed = arguments.GetValue(seed),
            };
            SampleShopReport report = new SampleShopGenerator(options).Write(arguments.GetValue(output)!, cancellationToken);
            arguments.Print(report, Describe);
            return Task.CompletedTask;
        }));
        return command;
    }

    private static string Describe(SampleShopReport shop) => string.Create(
        CultureInfo.InvariantCulture,
        $"{shop.Users:N0} users, {shop.Items:N0} items, {shop.Rankings:N0} rankings, {shop.Clicks:N0} clicks on {shop.Impressions:N0} impressions\n"
        + $"best AUC {shop.BestAuc:F4}, of the latest tenth {shop.BestAucLatest:F4}; AUC of the popularity {shop.PopularityAuc:F4}");
}
