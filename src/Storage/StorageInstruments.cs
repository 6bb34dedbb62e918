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

    public StorageInstruments(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _commitDuration = _meter.CreateHistogram<double>("dinorleans.commit.duration", "s", "One transaction, from its first write to the commit on disk");
        _groupSize = _meter.CreateHistogram<int>("dinorleans.commit.writes", "{write}", "Writes that shared one transaction");
    }

    internal void ObserveQueue(Func<int> length) => _meter.CreateObservableGauge("dinorleans.commit.queue", length, "{write}", "Writes that wait for a transaction");

    internal void Committed(int writes, TimeSpan elapsed)
    {
        _commitDuration.Record(elapsed.TotalSeconds);
        _groupSize.Record(writes);
    }
}
