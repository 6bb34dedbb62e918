using System.Diagnostics.Metrics;
using DinOrleans.Contracts.Experiments;
using DinOrleans.Grains.Experiments;
using DinOrleans.Grains.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Grains.Tests.Experiments;

public sealed class ExperimentGaugesTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<GrainsInstruments>().AddSingleton<ExperimentGauges>().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private readonly List<string> _measured = [];

    public ExperimentGaugesTests()
    {
        Meter meter = _services.GetRequiredService<GrainsInstruments>().Meter;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == meter && instrument.Name.StartsWith("dinorleans.experiment.", StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((i, value, tags, _) => Note(i, value, tags));
        _listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Note(i, value, tags));
        _listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Note(i, value, tags));
        _listener.Start();
    }

    private ExperimentGauges Gauges => _services.GetRequiredService<ExperimentGauges>();

    [Fact]
    public void Show_RunningExperiments_AreExportedUntilTheyAreShownNoMore()
    {
        Gauges.Show([Report(positives: 100, splitAlarm: "champion has too few")]);
        Assert.Equal(
            [
                "calibration experiment=red arm=warm task=click 1.5", "errors experiment=red arm=warm 2", "rankings experiment=red arm=warm 300",
                "split.off experiment=red 1",
            ],
            Measure());
        Gauges.Show([]);
        Assert.Empty(Measure());
    }

    [Fact]
    public void Show_FewPositives_HaveNoCalibration()
    {
        Gauges.Show([Report(positives: 99, splitAlarm: null)]);
        Assert.Equal(["errors experiment=red arm=warm 2", "rankings experiment=red arm=warm 300", "split.off experiment=red 0"], Measure());
    }

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
    }

    private static ExperimentReport Report(long positives, string? splitAlarm) => new()
    {
        Run = new ExperimentRun
        {
            Experiment = new Experiment { Name = "red", Mode = ExperimentMode.Split, Arms = [new ExperimentArm { Name = "warm", Share = 10 }] },
            Salt = "salt",
            StartedAt = default,
            StageSince = default,
        },
        Arms = [new ArmReport { Arm = "warm", Rankings = 300, Errors = 2, Tasks = [new TaskReport { Task = "click", Positives = positives, Calibration = 1.5 }] }],
        SplitAlarm = splitAlarm,
    };

    private string[] Measure()
    {
        _measured.Clear();
        _listener.RecordObservableInstruments();
        return [.. _measured.Order(StringComparer.Ordinal)];
    }

    private void Note(Instrument instrument, IFormattable value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => _measured.Add(
        $"{instrument.Name["dinorleans.experiment.".Length..]} {string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}"))} {value.ToString(null, System.Globalization.CultureInfo.InvariantCulture)}");
}
