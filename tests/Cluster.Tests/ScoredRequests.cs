using System.Diagnostics.Metrics;
using DinOrleans.Grains.Telemetry;

namespace DinOrleans.Cluster.Tests;

/// <summary>Counts the requests that one silo's batcher has scored, by the silo's own meter.</summary>
internal sealed class ScoredRequests : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _count;

    public ScoredRequests(ShopCluster shop, int silo)
    {
        IMeterFactory meters = shop.Service<IMeterFactory>(silo);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "dinorleans.batch.requests" && instrument.Meter.Name == GrainsInstruments.MeterName && instrument.Meter.Scope == meters)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((_, requests, _, _) => Interlocked.Add(ref _count, requests));
        _listener.Start();
    }

    public long Count => Interlocked.Read(ref _count);

    public void Dispose() => _listener.Dispose();
}
