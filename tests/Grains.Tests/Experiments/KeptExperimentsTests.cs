using DinOrleans.Contracts.Experiments;
using DinOrleans.Grains.Experiments;

namespace DinOrleans.Grains.Tests.Experiments;

public sealed class KeptExperimentsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(9, "")]
    [InlineData(3, "")]
    [InlineData(2, "c")]
    [InlineData(1, "a c")]
    public void Surplus_OfEndedAndOpenExperiments_IsWhatEndedFirst(int keep, string surplus)
    {
        ExperimentRun[] runs = [Ended("a", 2), Run("running", ExperimentStatus.Running), Ended("b", 3), Run("waiting", ExperimentStatus.Waiting), Ended("c", 1)];
        Assert.Equal(surplus, string.Join(' ', KeptExperiments.Surplus(runs, keep).Order()));
    }

    private static ExperimentRun Ended(string name, int hour) => Run(name, ExperimentStatus.Stopped) with { EndedAt = Noon.AddHours(hour) };

    private static ExperimentRun Run(string name, ExperimentStatus status) =>
        SimulatedExperiment.Run(new Experiment { Name = name, Mode = ExperimentMode.Split, Arms = [] }) with { Status = status };
}
