using System.Diagnostics.Metrics;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Gateway;

/// <summary>The metrics of the gateway.</summary>
internal sealed class GatewayInstruments
{
    public const string MeterName = "DinOrleans.Gateway";

    private static readonly KeyValuePair<string, object?> FromModel = new("source", "model");
    private static readonly KeyValuePair<string, object?> FromPopularity = new("source", "popularity");

    /// <summary>From a tenth of a millisecond to ten seconds.</summary>
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private readonly Histogram<double> _rankDuration;
    private readonly Histogram<int> _candidates;
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _duplicates;

    public GatewayInstruments(IMeterFactory meters)
    {
        Meter meter = meters.Create(MeterName);
        _rankDuration = meter.CreateHistogram<double>("dinorleans.rank.duration", "s", "One ranking, from the request's first byte to its answer", tags: null, Seconds);
        _candidates = meter.CreateHistogram<int>("dinorleans.rank.candidates", "{candidate}", "Candidates of a ranking");
        _accepted = meter.CreateCounter<long>("dinorleans.events.accepted", "{event}", "Behaviours applied");
        _duplicates = meter.CreateCounter<long>("dinorleans.events.duplicate", "{event}", "Behaviours that had been applied before");
    }

    public void Ranked(RankingSource source, int candidates, TimeSpan elapsed)
    {
        _rankDuration.Record(elapsed.TotalSeconds, source == RankingSource.Model ? FromModel : FromPopularity);
        _candidates.Record(candidates);
    }

    public void Appended(AppendResult result)
    {
        _accepted.Add(result.Accepted);
        _duplicates.Add(result.Duplicates);
    }
}
