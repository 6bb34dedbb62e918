using System.Diagnostics.Metrics;
using DinOrleans.Contracts.Users;
using DinOrleans.Storage;

namespace DinOrleans.Grains.Telemetry;

/// <summary>The metrics of a silo's grains.</summary>
public sealed class GrainsInstruments
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "DinOrleans.Grains";

    private readonly Meter _meter;
    private readonly Histogram<double> _batchDuration;
    private readonly Histogram<int> _batchRequests;
    private readonly Histogram<long> _batchPairs;
    private readonly Counter<long> _paddedPairs;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _expired;
    private readonly Histogram<double> _modelLoad;
    private readonly Counter<long> _modelNotLoaded;
    private readonly Counter<long> _rankings;
    private readonly Counter<long> _rankingsNotLogged;
    private Func<int> _queueLength = () => 0;
    private long _rankingsMade;

    public GrainsInstruments(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _batchDuration = _meter.CreateHistogram<double>("dinorleans.batch.duration", "s", "Packing and scoring one batch", tags: null, DurationBuckets.Seconds);
        _batchRequests = _meter.CreateHistogram<int>("dinorleans.batch.requests", "{request}", "Requests in one batch");
        _batchPairs = _meter.CreateHistogram<long>("dinorleans.batch.pairs", "{pair}", "Candidates times behaviours in one batch, without padding");
        _paddedPairs = _meter.CreateCounter<long>("dinorleans.batch.padding", "{pair}", "Pairs that were padding");
        _rejected = _meter.CreateCounter<long>("dinorleans.score.rejected", "{request}", "Score requests refused because the queue was full");
        _expired = _meter.CreateCounter<long>("dinorleans.score.expired", "{request}", "Score requests dropped because their deadline passed");
        _modelLoad = _meter.CreateHistogram<double>("dinorleans.model.load.duration", "s", "Loading, verifying and warming one version", tags: null, DurationBuckets.Seconds);
        _modelNotLoaded = _meter.CreateCounter<long>("dinorleans.model.load.failed", "{load}", "Versions that could not be loaded or whose stored sample scored differently");
        _rankings = _meter.CreateCounter<long>("dinorleans.grain.rankings", "{ranking}", "Rankings made, by source, and by whether the caller has chosen the arm");
        _rankingsNotLogged = _meter.CreateCounter<long>("dinorleans.ranking.log.dropped", "{ranking}", "Rankings that were not logged because the queue was full or the store did not take them");

        // Exported as 0 before the first count, so that an alert sees the first count as an increase.
        foreach (Counter<long> counter in (Counter<long>[])[_rejected, _expired, _modelNotLoaded, _rankingsNotLogged])
        {
            counter.Add(0);
        }
    }

    internal Meter Meter => _meter;

    /// <summary>The rankings that were made since the start, from any source.</summary>
    internal long RankingsMade => Interlocked.Read(ref _rankingsMade);

    /// <summary>The score requests that wait.</summary>
    internal int QueueLength => _queueLength();

    internal void ObserveQueue(Func<int> length, int limit)
    {
        _queueLength = length;
        _meter.CreateObservableGauge("dinorleans.score.queue", length, "{request}", "Score requests that wait");
        _meter.CreateObservableGauge("dinorleans.score.queue.limit", () => limit, "{request}", "The most score requests that may wait");
    }

    internal void ObserveRankingLog(Func<int> length) =>
        _meter.CreateObservableGauge("dinorleans.ranking.log.queue", length, "{ranking}", "Rankings that wait to be logged");

    /// <summary>Counts a batch.</summary>
    /// <param name="requests">The number of requests in it.</param>
    /// <param name="pairs">Candidates times behaviours of its requests, without padding.</param>
    /// <param name="padding">The pairs that were padding.</param>
    /// <param name="elapsed">The time that packing and scoring took.</param>
    internal void BatchScored(int requests, long pairs, long padding, TimeSpan elapsed)
    {
        _batchDuration.Record(elapsed.TotalSeconds);
        _batchRequests.Record(requests);
        _batchPairs.Record(pairs);
        _paddedPairs.Add(padding);
    }

    internal void Rejected() => _rejected.Add(1);

    internal void Expired() => _expired.Add(1);

    internal void ModelLoaded(TimeSpan elapsed) => _modelLoad.Record(elapsed.TotalSeconds);

    internal void ModelNotLoaded() => _modelNotLoaded.Add(1);

    internal void RankingsNotLogged(int rankings) => _rankingsNotLogged.Add(rankings);

    /// <summary>Counts a ranking.</summary>
    /// <param name="ranking">The ranking.</param>
    /// <param name="overridden">True where the caller has chosen the arm. Such rankings are not part of any experiment's measures.</param>
    internal void Ranked(Ranking ranking, bool overridden)
    {
        Interlocked.Increment(ref _rankingsMade);
        _rankings.Add(
            1,
            new KeyValuePair<string, object?>("source", ranking.Source == RankingSource.Model ? "model" : "popularity"),
            new KeyValuePair<string, object?>("overridden", overridden ? "true" : "false"));
    }
}
