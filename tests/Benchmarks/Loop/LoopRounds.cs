using System.Globalization;
using DinOrleans.Datasets.Shoppers.Crowd;
using DinOrleans.Datasets.Shoppers.Http;
using DinOrleans.Datasets.Shoppers.Reporting;
using DinOrleans.Datasets.Shoppers.Visits;

namespace DinOrleans.Benchmarks.Loop;

/// <summary>Rounds of visits with a training between two, each a row of a table.</summary>
/// <param name="crowd">The shoppers, who go on from round to round.</param>
/// <param name="server">The server.</param>
/// <param name="visits">Visits of each round.</param>
internal sealed class LoopRounds(ShopperCrowd crowd, LoopServer server, int visits)
{
    /// <summary>The first version may become active at any time, so popularity is measured in small parts.</summary>
    private const int Part = 20;
    private const string Popularity = "popularity";

    public async Task RunAsync(int retrainings, CancellationToken cancellationToken)
    {
        await server.UntilReadyAsync(cancellationToken).ConfigureAwait(false);
        Console.WriteLine("| round | ranked by | rankings | CTR | clicks per ranking | expected | best | random | achieved | rank p50 ms | rank p99 ms | errors |");
        Console.WriteLine("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        await PopularityAsync(cancellationToken).ConfigureAwait(false);
        await server.UntilActiveAsync(null, cancellationToken).ConfigureAwait(false);
        await RoundAsync("first model", cancellationToken).ConfigureAwait(false);
        for (int training = 1; training <= retrainings; training++)
        {
            LoopTraining? ended = await server.TrainAsync(cancellationToken).ConfigureAwait(false);
            if (ended is null)
            {
                Console.WriteLine("\nThis server answers POST /v1/trainings with 404, so the rounds after retrainings are left out.");
                return;
            }

            if (ended.Version is not null && ended.Error is null)
            {
                await server.UntilActiveAsync(ended.Version, cancellationToken).ConfigureAwait(false);
            }

            await RoundAsync($"retraining {training}, {ended.State}", cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PopularityAsync(CancellationToken cancellationToken)
    {
        var report = new ShopperReport(TimeProvider.System);
        bool isPopularity = true;
        for (int done = 0; done < visits && isPopularity; done += Part)
        {
            await VisitAsync(Math.Min(Part, visits - done), report, cancellationToken).ConfigureAwait(false);
            isPopularity = report.TakeInterval().RankedBy is [] or [Popularity];
        }

        ShopperSummary summary = report.Summary();
        if (summary.Sources.TryGetValue(Popularity, out RankingSummary? rankings))
        {
            Write("while the first model is trained", summary with { Total = rankings, Versions = new Dictionary<string, RankingSummary> { [Popularity] = rankings } });
        }
    }

    private async Task RoundAsync(string name, CancellationToken cancellationToken)
    {
        var report = new ShopperReport(TimeProvider.System);
        await VisitAsync(visits, report, cancellationToken).ConfigureAwait(false);
        Write(name, report.Summary());
    }

    private async Task VisitAsync(int count, ShopperReport report, CancellationToken cancellationToken)
    {
        using var shop = new HttpShop(server.Address, new(), TimeProvider.System, report.Retried);
        await crowd.RunAsync(shop, VisitClock.Real(null, TimeProvider.System), count, report, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static void Write(string name, ShopperSummary summary)
    {
        RankingSummary r = summary.Total;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {string.Join(", ", summary.Versions.Keys)} | {r.Rankings:N0} | {r.Ctr:F4} | {r.ClicksPerRanking:F4} | {r.ExpectedClicksPerRanking:F4} | {r.BestClicksPerRanking:F4} | {r.RandomClicksPerRanking:F4} | {100 * r.Achieved:F1} % | {summary.Rank.P50:F1} | {summary.Rank.P99:F1} | {summary.Errors.Sum(e => e.Count)} |"));
        foreach (CallErrors error in summary.Errors)
        {
            Console.WriteLine($"{error.Call} {error.Kind}, {error.Count} times, the first: {error.First}");
        }
    }
}
