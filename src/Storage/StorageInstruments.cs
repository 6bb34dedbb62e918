using System.Diagnostics.Metrics;

namespace DinOrleans.Storage;

/// <summary>The metrics of the stores.</summary>
public sealed class StorageInstruments
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "DinOrleans.Storage";

    /// <summary>From a tenth of a millisecond to ten seconds.</summary>
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private readonly Meter _meter;
    private readonly Histogram<double> _commitDuration;
    private readonly Histogram<int> _groupSize;
    private readonly Counter<long> _trimmed;

    public StorageInstruments(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _commitDuration = _meter.CreateHistogram<double>("dinorleans.commit.duration", "s", "One transaction, from its first write to the commit on disk", tags: null, Seconds);
        _groupSize = _meter.CreateHistogram<int>("dinorleans.commit.writes", "{write}", "Writes that shared one transaction");
        _trimmed = _meter.CreateCounter<long>("dinorleans.retention.removed", "{row}", "Rows removed because they were past their time, by log");
    }

    internal void ObserveQueue(Func<int> length) => _meter.CreateObservableGauge("dinorleans.commit.queue", length, "{write}", "Writes that wait for a transaction");

    internal void Trimmed(string log, int rows) => _trimmed.Add(rows, new KeyValuePair<string, object?>("log", log));

    internal void Committed(int writes, TimeSpan elapsed)
    {
        _commitDuration.Record(elapsed.TotalSeconds);
        _groupSize.Record(writes);
    }
}
