using DinOrleans.Datasets.Shoppers;
using DinOrleans.Datasets.Shoppers.Crowd;
using DinOrleans.Datasets.Shoppers.Http;
using DinOrleans.Datasets.Shoppers.Reporting;
using DinOrleans.Datasets.Shoppers.Visits;
using DinOrleans.Model.Validation;

namespace DinOrleans.Cli;

/// <summary>A run of shoppers against a server, with a line of progress now and then and a report at the end, however it ends.</summary>
internal sealed class ShoppersRun
{
    private readonly TimeProvider _time = TimeProvider.System;

    /// <summary>The address of the server.</summary>
    public required Uri Url { get; init; }

    /// <summary>The API key or token that shoppers send; null for none.</summary>
    public required string? Key { get; init; }

    /// <summary>The folder of the sample shop that the server has; null for the default shop.</summary>
    public required string? ShopFolder { get; init; }

    /// <summary>Visits after which the run ends.</summary>
    public required int Visits { get; init; }

    /// <summary>Time after which the run ends; null where only the visits count.</summary>
    public required TimeSpan? Duration { get; init; }

    /// <summary>Visits that begin per second; null for as many as the server answers.</summary>
    public required double? Rate { get; init; }

    /// <summary>Time between two lines of progress; null for none.</summary>
    public required TimeSpan? ReportEvery { get; init; }

    /// <summary>The timeouts and retries of the shoppers' calls.</summary>
    public required HttpShopOptions Http { get; init; }

    /// <summary>Prints the report.</summary>
    public required Action<ShopperSummary> Print { get; init; }

    /// <summary>The options of the shoppers' behaviour.</summary>
    public required ShoppersOptions Options { get; init; }

    /// <exception cref="IOException">The server cannot be reached, has gone, or no visit was shown a ranking.</exception>
    /// <exception cref="InvalidContentException">An option does not fit the shop.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; its report is printed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        GeneratedShop generated = ShopFolder is null ? GeneratedShop.Generate(new(), cancellationToken) : GeneratedShop.Regenerate(ShopFolder, cancellationToken);
        var crowd = new ShopperCrowd(generated, Options);
        var report = new ShopperReport(_time);
        using var shop = new HttpShop(Url, Http, _time, report.Retried, Key);
        await shop.CheckAsync(cancellationToken).ConfigureAwait(false);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var ended = new CancellationTokenSource();
        if (Duration is { } duration)
        {
            stop.CancelAfter(duration);
        }

        Task progress = ProgressAsync(report, ended.Token);
        try
        {
            await crowd.RunAsync(shop, VisitClock.Real(Rate, _time), Visits, report, stop.Token).ConfigureAwait(false);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await progress.ConfigureAwait(false);
            Print(report.Summary());
        }

        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfNothingWasShown(report.Summary());
    }

    private static void ThrowIfNothingWasShown(ShopperSummary summary)
    {
        if (summary.Total.Rankings == 0 && summary.Errors is [var first, ..])
        {
            throw new IOException($"No visit was shown a ranking. {first.First}");
        }
    }

    private async Task ProgressAsync(ShopperReport report, CancellationToken ended)
    {
        if (ReportEvery is not { } every)
        {
            return;
        }

        using var timer = new PeriodicTimer(every, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(ended).ConfigureAwait(false))
            {
                await Console.Error.WriteLineAsync(ReportText.Line(report.TakeInterval())).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
        }
    }
}
