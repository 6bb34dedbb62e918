using DinOrleans.Contracts.Models;
using DinOrleans.Contracts.Trainings;

namespace DinOrleans.Contracts.Tests.Serialization;

/// <summary>The wire samples of trainings.</summary>
internal static class TrainingSamples
{
    private static readonly DateTimeOffset Moment = new(2026, 1, 31, 12, 0, 0, 250, TimeSpan.FromHours(9));
    private static readonly TrainingStep Step = new(2, 3, 40, 500, 6000.5, 0.4);
    private static readonly TrainingPoint Point = new(1, 0.4, 6000.5, 0.8, 0.7, 0.3);
    private static readonly GateResult Gate = new("gauc", true, 0.7, 0.69, 0.68, "on 500 rankings");
    private static readonly TrainingPast Past = new(true, Moment, Moment, 3);

    private static readonly TrainingInfo Info = new()
    {
        Id = "t",
        Trigger = TrainingTrigger.NewPositives,
        Reason = "many clicks",
        FreshWeights = true,
        State = TrainingState.Gating,
        RequestedAt = Moment,
        StartedAt = Moment,
        EndedAt = Moment,
        Worker = "w",
        Attempt = 2,
        Failures = 1,
        NotBefore = Moment,
        Progress = Step,
        Curve = [Point],
        Gates = [Gate],
        Version = "v2",
        StartedFrom = "v1",
        DataUntil = Moment,
        Error = "no",
    };

    public static IReadOnlyList<object> All { get; } =
    [
        new TrainingRequest(TrainingTrigger.Schedule, "weekly", true),
        new TrainingPageQuery(20, "next"),
        new TrainingPage([Info], "next"),
        Info,
        Step,
        Point,
        Gate,
        new TrainingWorker("w", true),
        new TrainingAssignment(Info, "{}", Past),
        Past,
        new TrainingReport
        {
            Id = "t",
            Attempt = 2,
            State = TrainingState.Gating,
            Progress = Step,
            Curve = [Point],
            Gates = [Gate],
            Version = "v2",
            StartedFrom = "v1",
            DataUntil = Moment,
            Error = "no",
        },
        new VersionPart("v", "scorer.onnx", 5, [1, 2]),
        new VersionCheck(TimeSpan.FromSeconds(3), 1e-6, 1e-4, "no"),
    ];
}
