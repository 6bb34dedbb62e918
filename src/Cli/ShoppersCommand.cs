using System.CommandLine;
using System.Globalization;
using DinOrleans.Cli.Arguments;
using DinOrleans.Cli.Help;
using DinOrleans.Cli.Results;
using DinOrleans.Cli.Running;
using DinOrleans.Contracts;
using DinOrleans.Datasets.SampleShop;
using DinOrleans.Datasets.Shoppers;
using DinOrleans.Datasets.Shoppers.Http;
using DinOrleans.Datasets.Shoppers.Reporting;

namespace DinOrleans.Cli;

/// <summary><c>shoppers</c>: the sample shop's shoppers use a running server and click by their true probabilities.</summary>
internal static class ShoppersCommand
{
    public const string Name = "shoppers";

    private const int MostVisits = 1_000_000_000;
    private const int DefaultVisits = 10_000;
    private const double MostSeconds = 30 * 24 * 3600;
    private const double MostRate = 100_000;

    private static readonly ShoppersOptions Defaults = new();

    public static Command Create()
    {
        Option<Uri> url = UrlOption.Create("--url", "Where the server listens, for example http://localhost:5000.");
        var key = new KeyOption();
        var shop = new Option<string>("--shop") { Description = "Folder of the sample shop that the server has. The shop that Standalone makes by itself where it is left out." };
        Option<int?> users = TypedOption.Whole("--users", "How many of the shop's users visit. All where it is left out.", 1, SampleShopOptions.MostUsers);
        Option<int?> visits = TypedOption.Whole("--visits", $"Visits after which it ends. {DefaultVisits} where --duration is left out too.", 1, MostVisits);
        Option<double?> duration = TypedOption.Positive("--duration", "Seconds after which it ends.", MostSeconds);
        Option<double> rate = TypedOption.Number("--rate", "Visits that begin per second; 0 for as many as the server answers.", 0, MostRate, 0);
        Option<int> concurrency = TypedOption.Whole("--concurrency", "Visits under way at the same time, at most.", 1, ShoppersOptions.MostConcurrency, Defaults.Concurrency);
        Option<int> candidates = TypedOption.Whole("--candidates", "Candidates of a ranking.", 1, InputLimits.Candidates, Defaults.Candidates);
        Option<int> limit = TypedOption.Whole("--limit", "Items that a ranking shows.", 1, InputLimits.Candidates, Defaults.Limit);
        Option<double> examination = TypedOption.Number(
            "--examination", "η: a shopper looks at position k = 0, 1, … with probability 1 / (1 + k)^η.", 0, ShoppersOptions.MostExamination, Defaults.Examination);
        Option<double?> drift = TypedOption.Number("--drift", "How fast tastes drift, 0 to 1. As the shop was made where it is left out.", 0, 1);
        Option<int> seed = TypedOption.Whole("--seed", "The same seed and the same answers give the same clicks.", int.MinValue, int.MaxValue, Defaults.Seed);
        Option<bool> impressions = TypedOption.Flag("--impressions", "Sends an impression event for each item that was looked at.");
        var conversions = new Option<string>("--conversions") { Description = "Type of the event that says that a clicked item was bought, if the server's schema has one. Nobody buys where it is left out." };
        Option<double> report = TypedOption.Number("--report", "Seconds between two lines of progress; 0 for none.", 0, MostSeconds, 10);
        Option<double> patience = TypedOption.Number("--patience", "Seconds for which an overloaded or lost server is called again.", 0, MostSeconds, new HttpShopOptions().Patience.TotalSeconds);
        Command command = new Command(Name, "Lets the sample shop's shoppers use a running server; reports the click-through rate beside the best possible and that of random order.")
        {
            url, key.Option, shop, users, visits, duration, rate, concurrency, candidates, limit, examination, drift, seed, impressions, conversions, report, patience,
        }.Prints<ShopperSummary>().WithExamples(
            "dinorleans shoppers --url http://localhost:5000",
            "dinorleans shoppers --url http://localhost:5000 --rate 20 --duration 600 --drift 0.2 --json");
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(() => new ShoppersRun
        {
            Url = arguments.GetValue(url)!,
            ShopFolder = arguments.GetValue(shop),
            Visits = arguments.GetValue(visits) ?? (arguments.GetValue(duration) is null ? DefaultVisits : MostVisits),
            Duration = Seconds(arguments.GetValue(duration)),
            Rate = arguments.GetValue(rate) is > 0 and var perSecond ? perSecond : null,
            ReportEvery = Seconds(arguments.GetValue(report) is > 0 and var seconds ? seconds : null),
            Key = key.Read(arguments),
            Http = new() { Patience = TimeSpan.FromSeconds(arguments.GetValue(patience)) },
            Print = summary => arguments.Print(summary, ReportText.Compose),
            Options = Defaults with
            {
                Users = arguments.GetValue(users),
                Concurrency = arguments.GetValue(concurrency),
                Candidates = arguments.GetValue(candidates),
                Limit = arguments.GetValue(limit),
                Examination = arguments.GetValue(examination),
                Drift = arguments.GetValue(drift),
                Seed = arguments.GetValue(seed),
                SendsImpressions = arguments.GetValue(impressions),
                ConversionType = arguments.GetValue(conversions),
                RunId = "shoppers-" + TimeProvider.System.GetUtcNow().ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture),
            },
        }.RunAsync(cancellationToken)));
        return command;
    }

    private static TimeSpan? Seconds(double? seconds) => seconds is { } given ? TimeSpan.FromSeconds(given) : null;
}
