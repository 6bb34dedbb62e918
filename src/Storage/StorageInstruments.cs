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
    private readonly Histogram<double> _downloadDuration;
    private readonly Counter<long> _downloadedBytes;
    private readonly Counter<long> _failedDownloads;
    private readonly Histogram<double> _uploadDuration;
    private readonly Counter<long> _uploadedBytes;

    public StorageInstruments(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _commitDuration = _meter.CreateHistogram<double>("dinorleans.commit.duration", "s", "Duration of one transaction, from its first write to the commit on disk", tags: null, DurationBuckets.Seconds);
        _groupSize = _meter.CreateHistogram<int>("dinorleans.commit.writes", "{write}", "Number of writes that shared one transaction");
        _trimmed = _meter.CreateCounter<long>("dinorleans.retention.removed", "{row}", "Number of rows removed because they were older than the retention settings allow, by log");
        _downloadDuration = _meter.CreateHistogram<double>("dinorleans.artifact.download.duration", "s", "Duration of the download of one model version from the artifact store", tags: null, DurationBuckets.Transfers);
        _downloadedBytes = _meter.CreateCounter<long>("dinorleans.artifact.download.size", "By", "Number of bytes of model versions that were downloaded from the artifact store");
        _failedDownloads = _meter.CreateCounter<long>("dinorleans.artifact.download.failed", "{version}", "Number of downloads of model versions that failed");
        _uploadDuration = _meter.CreateHistogram<double>("dinorleans.artifact.upload.duration", "s", "Duration of the upload of one model version to the artifact store", tags: null, DurationBuckets.Transfers);
        _uploadedBytes = _meter.CreateCounter<long>("dinorleans.artifact.upload.size", "By", "Number of bytes of model versions that were uploaded to the artifact store");
    }

    internal void ObserveQueue(Func<int> length) => _meter.CreateObservableGauge("dinorleans.commit.queue", length, "{write}", "Number of writes that wait for a transaction");

    internal void Trimmed(string log, int rows) => _trimmed.Add(rows, new KeyValuePair<string, object?>("log", log));

    internal void ArtifactDownloaded(long bytes, TimeSpan elapsed)
    {
        _downloadDuration.Record(elapsed.TotalSeconds);
        _downloadedBytes.Add(bytes);
    }

    internal void ArtifactNotDownloaded() => _failedDownloads.Add(1);

    internal void ArtifactUploaded(long bytes, TimeSpan elapsed)
    {
        _uploadDuration.Record(elapsed.TotalSeconds);
        _uploadedBytes.Add(bytes);
    }

    internal void Committed(int writes, TimeSpan elapsed)
    {
        _commitDuration.Record(elapsed.TotalSeconds);
        _groupSize.Record(writes);
    }
}
