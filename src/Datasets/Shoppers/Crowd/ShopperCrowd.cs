using DinOrleans.Datasets.SampleShop;
using DinOrleans.Datasets.Shoppers.Reporting;
using DinOrleans.Datasets.Shoppers.Visits;
using DinOrleans.Model.Validation;

namespace DinOrleans.Datasets.Shoppers.Crowd;

/// <summary>
/// The shoppers of a sample shop, who visit a shop and click by their true probabilities. A run goes on where the run before has ended. The shopper of a visit,
/// the candidates and the clicks follow from the seed, the number of the visit, what happened to that shopper before, and the shop's answers.
/// Since the visits of one shopper never overlap, they do not depend on how many visits are under way at the same time.
/// </summary>
public sealed class ShopperCrowd
{
    private const int WhoStream = 5;

    /// <summary>How long visits under way may take to end after a run is stopped.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly ShoppersOptions _options;
    private readonly Visitor _visitor;
    private readonly LiveShopper[] _shoppers;
    private readonly Dictionary<string, LiveShopper> _byUser;
    private int _next;

    /// <param name="shop">The shop's true state. Its shoppers belong to this crowd.</param>
    /// <param name="options">The options of the shoppers' behaviour.</param>
    /// <exception cref="InvalidContentException">An option is out of its range; the message lists them all.</exception>
    public ShopperCrowd(GeneratedShop shop, ShoppersOptions options)
    {
        options.Validate(shop.Options);
        _options = options;
        int maxLength = SampleShopSchema.Schema.Behaviours.MaxLength;
        _shoppers = [.. shop.Shoppers.Take(options.Users ?? shop.Options.Users).Select(s => new LiveShopper(s, maxLength))];
        _byUser = _shoppers.ToDictionary(s => s.Shopper.Id, StringComparer.Ordinal);
        _visitor = new Visitor(shop, options, _shoppers.Length);
    }

    /// <summary>Lets shoppers visit until a number of visits is reached or the run is stopped.</summary>
    /// <param name="shop">The shop that they visit.</param>
    /// <param name="clock">When visits happen.</param>
    /// <param name="visits">How many visits there are, at least 0; all runs together have at most 2³¹ − 1.</param>
    /// <param name="report">Takes what happens.</param>
    /// <param name="stopping">
    /// Ends the run early: no further visit begins, and those under way are cut short after five seconds. The run then ends without an exception.
    /// </param>
    public async Task RunAsync(IShop shop, VisitClock clock, int visits, ShopperReport report, CancellationToken stopping)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(visits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(visits, int.MaxValue - _next);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var cut = new CancellationTokenSource();
        using CancellationTokenRegistration grace = stop.Token.Register(() => cut.CancelAfter(Grace));
        int first = _next;
        int end = first + visits;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(_options.Concurrency, visits)).Select(_ => Task.Run(WorkAsync, CancellationToken.None))).ConfigureAwait(false);

        async Task WorkAsync()
        {
            try
            {
                while (!stop.IsCancellationRequested && await VisitAsync(shop, clock, first, end, report, stop.Token, cut.Token).ConfigureAwait(false))
                {
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
            }
            catch
            {
                // What is not a call's failure ends the whole run, rather than this worker alone.
                await stop.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <summary>
    /// The true click probabilities of a query's candidates, for a shop in this process that ranks as well, or as badly, as is wanted. They hold while the
    /// shop ranks the query, since a shopper's tastes change between their calls.
    /// </summary>
    /// <param name="query">The query that is being ranked.</param>
    /// <returns>The probability of each candidate, in the query's order, 0..1.</returns>
    /// <exception cref="ArgumentException">The query is not one of this crowd's.</exception>
    public IReadOnlyList<double> TrueProbabilities(ShopQuery query) => _byUser.TryGetValue(query.UserId, out LiveShopper? shopper)
        ? _visitor.Probabilities(shopper, query)
        : throw new ArgumentException($"user \"{query.UserId}\" is not one of the shoppers", nameof(query));

    /// <returns>False where no visit is left.</returns>
    private async Task<bool> VisitAsync(
        IShop shop, VisitClock clock, int first, int end, ShopperReport report, CancellationToken stop, CancellationToken cut)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        (int visit, LiveShopper shopper, Task before) = Take(end, done.Task);
        if (visit == end)
        {
            return false;
        }

        try
        {
            await clock.WaitAsync(visit - first, stop).ConfigureAwait(false);
            await before.WaitAsync(stop).ConfigureAwait(false);
            report.Begun();
            try
            {
                await _visitor.RunAsync(shop, shopper, visit, () => clock.Now(visit - first), report, cut).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cut.IsCancellationRequested)
            {
                report.CutShort();
            }

            return true;
        }
        finally
        {
            done.SetResult();
        }
    }

    /// <summary>Takes the next visit and lines it up behind the visit that its shopper has had before, which began earlier and so never waits for this one.</summary>
    private (int Visit, LiveShopper Shopper, Task Before) Take(int end, Task done)
    {
        lock (_lock)
        {
            if (_next == end)
            {
                return (end, _shoppers[0], Task.CompletedTask);
            }

            int visit = _next++;
            LiveShopper shopper = _shoppers[new SeededRandom(_options.Seed, WhoStream, visit).Next(_shoppers.Length)];
            Task before = shopper.LastVisit;
            shopper.LastVisit = done;
            return (visit, shopper, before);
        }
    }
}
