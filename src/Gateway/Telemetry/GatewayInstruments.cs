using System.Diagnostics.Metrics;
using DinOrleans.Contracts.Users;
using DinOrleans.Gateway.Admission;
using DinOrleans.Gateway.Traffic;

namespace DinOrleans.Gateway.Telemetry;

/// <summary>The metrics of a gateway.</summary>
internal sealed class GatewayInstruments
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "DinOrleans.Gateway";

    private readonly TrafficMeter _traffic;
    private readonly Counter<long> _rankings;
    private readonly Histogram<double> _duration;
    private readonly Histogram<int> _candidates;
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _repeated;

    public GatewayInstruments(IMeterFactory meters, TrafficMeter traffic)
    {
        _traffic = traffic;
        Meter meter = meters.Create(MeterName);
        _rankings = meter.CreateCounter<long>("dinorleans.rankings", "{ranking}", "Number of rankings answered, by source");
        _duration = meter.CreateHistogram(
            "dinorleans.ranking.duration",
            "s",
            "Time from the request of a ranking to its answer, by source",
            tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5] });
        _candidates = meter.CreateHistogram(
            "dinorleans.ranking.candidates",
            "{candidate}",
            "Number of candidates of one ranking",
            tags: null,
            new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 10, 20, 50, 100, 200, 500, 1000] });
        _accepted = meter.CreateCounter<long>("dinorleans.events.accepted", "{event}", "Number of events applied");
        _refused = meter.CreateCounter<long>("dinorleans.requests.refused", "{request}", "Number of requests answered 429 because the gateway had as much work of that kind in hand as it takes, by work");
        _duplicates = meter.CreateCounter<long>("dinorleans.events.duplicates", "{event}", "Number of events that had been applied before");
        _repeated = meter.CreateCounter<long>("dinorleans.calls.repeated", "{call}", "Number of calls that were made again because they met a silo that was leaving its cluster");

        // Exported as 0 before the first count, so that an alert sees the first count as an increase.
        _accepted.Add(0);
        _duplicates.Add(0);
        _repeated.Add(0);
        _refused.Add(0, Tag(Work.Ranking));
        _refused.Add(0, Tag(Work.Write));
    }

    public void Ranked(RankingSource source, int candidates, TimeSpan elapsed)
    {
        var tag = new KeyValuePair<string, object?>("source", source == RankingSource.Model ? "model" : "popularity");
        _rankings.Add(1, tag);
        _duration.Record(elapsed.TotalSeconds, tag);
        _candidates.Record(candidates);
        _traffic.Ranked(elapsed);
    }

    public void Refused(Work work) => _refused.Add(1, Tag(work));

    public void CallRepeated() => _repeated.Add(1);

    public void Appended(AppendResult result)
    {
        _accepted.Add(result.Accepted);
        _duplicates.Add(result.Duplicates);
        _traffic.Appended(result.Accepted);
    }

    private static KeyValuePair<string, object?> Tag(Work work) => new("work", work == Work.Ranking ? "ranking" : "write");
}
