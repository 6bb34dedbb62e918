using System.Diagnostics.Metrics;

namespace DinOrleans.Storage;

/// <summary>The buckets of the histograms of a silo's durations, so that the histograms can be compared.</summary>
public static class DurationBuckets
{
    /// <summary>Bucket boundaries in seconds, from a tenth of a millisecond to ten seconds.</summary>
    public static InstrumentAdvice<double> Seconds { get; } = new()
    {
        HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    /// <summary>Bucket boundaries in seconds for transfers of large files, from 50 milliseconds to half an hour.</summary>
    public static InstrumentAdvice<double> Transfers { get; } = new() { HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_800] };
}
