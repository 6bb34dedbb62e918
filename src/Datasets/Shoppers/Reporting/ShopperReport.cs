using DinOrleans.Datasets.Shoppers.Visits;

namespace DinOrleans.Datasets.Shoppers.Reporting;

/// <summary>Takes what shoppers see, from several threads, and sums it up in total and since the interval before.</summary>
/// <param name="time">The time.</param>
public sealed class ShopperReport(TimeProvider time)
{
    private const int MostKinds = 100;

    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();
    private readonly Tally _total = new();
    private readonly Groups _variants = new();
    private readonly Groups _versions = new();
    private readonly Groups _sources = new();
    private readonly Positions _positions = new();
    private readonly LatencyHistogram _rank = new();
    private readonly LatencyHistogram _append = new();
    private readonly Dictionary<(ShopCall Call, string Kind), CallErrors> _errors = [];
    private readonly SortedDictionary<string, long> _retries = new(StringComparer.Ordinal);
    private Interval _interval = new();
    private long _visits;
    private long _cutShort;
    private long _unknownItems;
    private long _unknownShoppers;

    /// <summary>Counts a call that is sent again.</summary>
    /// <param name="kind">The kind of answer, such as "429".</param>
    public void Retried(string kind)
    {
        lock (_lock)
        {
            _retries[kind] = _retries.GetValueOrDefault(kind) + 1;
        }
    }

    /// <summary>Sums up everything so far.</summary>
    public ShopperSummary Summary()
    {
        lock (_lock)
        {
            return new()
            {
                Seconds = time.GetElapsedTime(_start).TotalSeconds,
                Visits = _visits,
                CutShort = _cutShort,
                Total = _total.Summary(),
                Variants = _variants.Summary(),
                Versions = _versions.Summary(),
                Sources = _sources.Summary(),
                Positions = _positions.Summary(),
                Rank = Latency(_rank),
                Append = Latency(_append),
                Errors = [.. _errors.Values.OrderBy(e => e.Call).ThenBy(e => e.Kind, StringComparer.Ordinal)],
                Retries = new Dictionary<string, long>(_retries),
                UnknownItems = _unknownItems,
                UnknownShoppers = _unknownShoppers,
            };
        }
    }

    /// <summary>Sums up what was seen since the call before, and begins the next interval.</summary>
    public IntervalSummary TakeInterval()
    {
        lock (_lock)
        {
            Interval taken = _interval;
            _interval = new();
            return new(time.GetElapsedTime(_start).TotalSeconds, taken.Rankings.Summary(), Latency(taken.Rank), taken.Errors, taken.RankedBy.Names);
        }
    }

    internal void Begun()
    {
        lock (_lock)
        {
            _visits++;
        }
    }

    internal void CutShort()
    {
        lock (_lock)
        {
            _cutShort++;
        }
    }

    internal void UnknownShopper()
    {
        lock (_lock)
        {
            _unknownShoppers++;
        }
    }

    internal void Add(VisitOutcome outcome)
    {
        lock (_lock)
        {
            _total.Add(outcome);
            _positions.Add(outcome);
            _variants.Add(outcome.Ranking.Variant, outcome);
            _versions.Add(outcome.Ranking.Version, outcome);
            _sources.Add(outcome.Ranking.Source, outcome);
            _interval.Rankings.Add(outcome);
            _interval.RankedBy.Add(outcome.Ranking.Version ?? outcome.Ranking.Source, outcome);
            _unknownItems += outcome.Ranking.UnknownItems;
        }
    }

    /// <summary>Times a call that succeeds.</summary>
    internal async Task<T> TimedAsync<T>(ShopCall call, Func<Task<T>> run)
    {
        long start = time.GetTimestamp();
        T answer = await run().ConfigureAwait(false);
        TimeSpan took = time.GetElapsedTime(start);
        lock (_lock)
        {
            if (call == ShopCall.Rank)
            {
                _rank.Add(took);
                _interval.Rank.Add(took);
            }
            else
            {
                _append.Add(took);
            }
        }

        return answer;
    }

    /// <summary>Counts a call that failed. The first of each kind keeps its text.</summary>
    internal void Failed(ShopCall call, ShopCallException failure)
    {
        lock (_lock)
        {
            _interval.Errors++;
            string kind = _errors.Count < MostKinds || _errors.ContainsKey((call, failure.Kind)) ? failure.Kind : "other";
            CallErrors before = _errors.GetValueOrDefault((call, kind), new(call, kind, 0, failure.Message));
            _errors[(call, kind)] = before with { Count = before.Count + 1 };
        }
    }

    private static LatencySummary Latency(LatencyHistogram histogram) => new(histogram.Count, histogram.Quantile(0.5), histogram.Quantile(0.99));

    private sealed class Interval
    {
        public Tally Rankings { get; } = new();

        public Groups RankedBy { get; } = new();

        public LatencyHistogram Rank { get; } = new();

        public long Errors { get; set; }
    }
}
