using System.Diagnostics.Metrics;
using DinOrleans.Contracts.Experiments;
using DinOrleans.Grains.Telemetry;

namespace DinOrleans.Grains.Experiments;

/// <summary>The metrics of running experiments, on the silo that has the grain of the experiments. Other silos export none of them.</summary>
public sealed class ExperimentGauges
{
    /// <summary>The number of positives from which a calibration is meaningful. With fewer, no value is exported, because it would look bad by chance.</summary>
    private const long EnoughPositives = 100;

    private volatile IReadOnlyList<ExperimentReport> _reports = [];

    public ExperimentGauges(GrainsInstruments instruments)
    {
        instruments.Meter.CreateObservableGauge("dinorleans.experiment.rankings", Rankings, "{ranking}", "Rankings of a running experiment, by arm");
        instruments.Meter.CreateObservableGauge("dinorleans.experiment.errors", Errors, "{ranking}", "Failed rankings of a running experiment, by arm");
        instruments.Meter.CreateObservableGauge(
            "dinorleans.experiment.calibration", Calibration, description: "Expected positives by those that came, by arm and task, where enough positives came");
        instruments.Meter.CreateObservableGauge(
            "dinorleans.experiment.split.off", SplitOff, description: "1 where the split of the users of a running experiment is not as asked for, otherwise 0");
    }

    /// <summary>Replaces the experiments whose measures are exported.</summary>
    internal void Show(IReadOnlyList<ExperimentReport> running) => _reports = running;

    private IEnumerable<Measurement<long>> Rankings() => OfArms(a => a.Rankings);

    private IEnumerable<Measurement<long>> Errors() => OfArms(a => a.Errors);

    private IEnumerable<Measurement<double>> Calibration() =>
        from report in _reports
        from arm in report.Arms
        from task in arm.Tasks
        where task.Calibration is not null && task.Positives >= EnoughPositives
        select new Measurement<double>(task.Calibration.GetValueOrDefault(), Tag("experiment", report.Run.Experiment.Name), Tag("arm", arm.Arm), Tag("task", task.Task));

    private IEnumerable<Measurement<int>> SplitOff() =>
        from report in _reports
        select new Measurement<int>(report.SplitAlarm is null ? 0 : 1, Tag("experiment", report.Run.Experiment.Name));

    private IEnumerable<Measurement<long>> OfArms(Func<ArmReport, long> value) =>
        from report in _reports
        from arm in report.Arms
        select new Measurement<long>(value(arm), Tag("experiment", report.Run.Experiment.Name), Tag("arm", arm.Arm));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
