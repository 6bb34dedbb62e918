using System.Diagnostics.Metrics;

namespace DinOrleans.Storage;

/// <summary>The metrics of the stores.</summary>
public sealed class StorageInstruments
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "DinOrleans.Storage";

    private readonly Meter _meter;
    private readonly Histogram<double> _commitDuration;
    private readonly Histogram<int> _groupSize;
    private readonly Counter<long> _trimmed;

    public StorageInstruments(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _commitDuration = _meter.CreateHistogram<double>("dinorleans.commit.duration", "s", "Duration of one transaction, from its first write to the commit on disk", tags: null, DurationBuckets.Seconds);
        _groupSize = _meter.CreateHistogram<int>("dinorleans.commit.writes", "{write}", "Number of writes that shared one transaction");
        _trimmed = _meter.CreateCounter<long>("dinorleans.retention.removed", "{row}", "Number of rows removed because they were older than the retention settings allow, by log");
    }

    internal void ObserveQueue(Func<int> length) => _meter.CreateObservableGauge("dinorleans.commit.queue", length, "{write}", "Number of writes that wait for a transaction");

    internal void Trimmed(string log, int rows) => _trimmed.Add(rows, new KeyValuePair<string, object?>("log", log));

    internal void Committed(int writes, TimeSpan elapsed)
    {
        _commitDuration.Record(elapsed.TotalSeconds);
        _groupSize.Record(writes);
    }
}
