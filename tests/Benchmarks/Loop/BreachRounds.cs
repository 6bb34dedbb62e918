using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using DinOrleans.Benchmarks.Servers;
using DinOrleans.Datasets;
using DinOrleans.Datasets.Shoppers.Crowd;
using DinOrleans.Datasets.Shoppers.Http;
using DinOrleans.Datasets.Shoppers.Reporting;
using DinOrleans.Datasets.Shoppers.Visits;
using DinOrleans.TestShop;

namespace DinOrleans.Benchmarks.Loop;

/// <summary>Experiments with an arm that has learned nothing, each until its guard was breached and a while longer, each a row of a table.</summary>
/// <param name="crowd">The shoppers, who go on from round to round.</param>
/// <param name="server">The server.</param>
/// <param name="folder">Gets the bad version.</param>
internal sealed class BreachRounds(ShopperCrowd crowd, LoopServer server, string folder)
{
    private const string Arm = "bad";
    private const int MostVisits = 10_000_000;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    /// <summary>The percentage of the users whom the bad arm answers.</summary>
    public required int Share { get; init; }

    /// <summary>Visits that begin per second.</summary>
    public required int Rate { get; init; }

    /// <summary>How long shoppers go on after each breach.</summary>
    public required TimeSpan After { get; init; }

    public async Task RunAsync(int rounds, CancellationToken cancellationToken)
    {
        await server.UntilReadyAsync(cancellationToken).ConfigureAwait(false);
        await server.UntilActiveAsync(null, cancellationToken).ConfigureAwait(false);
        string artifact = WriteBadVersion();
        List<BreachRound> ended = [];
        for (int n = 1; n <= rounds; n++)
        {
            ended.Add(await RoundAsync($"breach-{n}", artifact, cancellationToken).ConfigureAwait(false));
            Console.Error.WriteLine(ended[^1]);
        }

        // A server that has ended has logged every ranking.
        await server.Process.InterruptAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyDictionary<string, BadRankings> logged = await BadRankings.ReadAsync(server.Data, Arm, ended, cancellationToken).ConfigureAwait(false);
        Console.WriteLine("| round | bad rankings until the breach | bad rankings after it | breach to the last one, s | rankings of all arms | failed | sent again |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|");
        foreach (BreachRound round in ended)
        {
            BadRankings bad = logged[round.Experiment];
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {round.Experiment} | {bad.Before:N0} | {bad.After:N0} | {(bad.After == 0 ? 0 : (bad.Last - round.BreachedAt).TotalSeconds):F2} | {round.Rankings:N0} | {round.Failed} | {round.Retries} |"));
        }
    }

    private string WriteBadVersion()
    {
        DatasetFolder dataset = DatasetFolder.Open(server.Dataset);
        return UntrainedArtifact.Write(
            Path.Combine(folder, "breach-versions"), dataset.Schema, new Dictionary<string, string[]> { ["item.item_id"] = [.. dataset.ReadItems().Select(i => i.ItemId)] });
    }

    private async Task<BreachRound> RoundAsync(string experiment, string artifact, CancellationToken cancellationToken)
    {
        await SecondVersion.StartAsync(server.Process, artifact, server.Data, experiment, Experiment, cancellationToken).ConfigureAwait(false);
        var report = new ShopperReport(TimeProvider.System);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var shop = new HttpShop(server.Address, new(), TimeProvider.System, report.Retried);
        Task visits = crowd.RunAsync(shop, VisitClock.Real(Rate, TimeProvider.System), MostVisits, report, over.Token);
        JsonElement ended = await UntilEndedAsync(experiment, visits, cancellationToken).ConfigureAwait(false);
        await Task.Delay(After, cancellationToken).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        await visits.ConfigureAwait(false);
        if (ended.GetProperty("status").GetString() != "rolledBack")
        {
            throw new InvalidOperationException($"{experiment} was not rolled back: {ended}");
        }

        ShopperSummary summary = report.Summary();
        return new(
            experiment,
            ended.GetProperty("endedAt").GetDateTimeOffset(),
            ended.GetProperty("reason").GetString()!,
            summary.Total.Rankings,
            summary.Errors.Where(e => e.Call == ShopCall.Rank).Sum(e => e.Count),
            summary.Retries.Values.Sum());
    }

    private object Experiment(string version) => new
    {
        mode = "split",
        arms = new[] { new { name = Arm, version, share = Share } },
        guards = new[] { new { measure = "ctr", limit = 0.02, minimumRankings = 200 } },
    };

    private async Task<JsonElement> UntilEndedAsync(string experiment, Task visits, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        while (true)
        {
            JsonElement found = await http.GetFromJsonAsync<JsonElement>(new Uri($"v1/experiments/{experiment}", UriKind.Relative), cancellationToken).ConfigureAwait(false);
            if (found.TryGetProperty("endedAt", out _))
            {
                return found;
            }

            if (visits.IsCompleted)
            {
                await visits.ConfigureAwait(false);
                throw new InvalidOperationException($"The shoppers ended before {experiment} did: {found}");
            }

            await Task.Delay(Between, cancellationToken).ConfigureAwait(false);
        }
    }
}

/// <summary>An experiment that was rolled back.</summary>
/// <param name="Experiment">The experiment's name.</param>
/// <param name="BreachedAt">The time of the breach, as the cluster has recorded it.</param>
/// <param name="Reason">The reason that the cluster gave.</param>
/// <param name="Rankings">The number of rankings that shoppers were shown, of all arms.</param>
/// <param name="Failed">The number of rankings that failed.</param>
/// <param name="Retries">The number of calls that were sent again.</param>
internal sealed record BreachRound(string Experiment, DateTimeOffset BreachedAt, string Reason, long Rankings, long Failed, long Retries);
