using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Trainings;

namespace DinOrleans.Gateway.Trainings;

/// <summary>A page of trainings.</summary>
/// <param name="Trainings">Newest first.</param>
/// <param name="Next">The query parameter "after" of the next page; left out on the last page.</param>
internal sealed record TrainingsResponse(IReadOnlyList<TrainingResponse> Trainings, string? Next);

/// <summary>One training of a model version from the log.</summary>
internal sealed record TrainingResponse
{
    /// <summary>The training's name.</summary>
    public required string Id { get; init; }

    /// <summary>What asked for it: hand, firstStart, schedule, newPositives or risingLogLoss.</summary>
    [AllowedValues("hand", "firstStart", "schedule", "newPositives", "risingLogLoss")]
    public required string Trigger { get; init; }

    /// <summary>The reason for the training, in the words of who asked for it.</summary>
    public string? Reason { get; init; }

    /// <summary>The state of the training: waiting, running, gating, published, rejected or failed.</summary>
    [AllowedValues("waiting", "running", "gating", "published", "rejected", "failed")]
    public required string State { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When the first attempt began. It is left out before.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it was published, rejected or given up. It is left out before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The training service that works on it.</summary>
    public string? Worker { get; init; }

    /// <summary>The number of times that the training was begun or resumed.</summary>
    public required int Attempt { get; init; }

    /// <summary>The number of attempts that have failed.</summary>
    public required int Failures { get; init; }

    /// <summary>When it is tried again after a failure.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>How far the attempt under way is.</summary>
    public TrainingStep? Progress { get; init; }

    /// <summary>One point per epoch done.</summary>
    public required IReadOnlyList<TrainingPoint> Curve { get; init; }

    /// <summary>What the version had to prove, with what was measured.</summary>
    public required IReadOnlyList<GateResult> Gates { get; init; }

    /// <summary>The version that came of it.</summary>
    public string? Version { get; init; }

    /// <summary>Why the roll-out of its version has not begun yet; left out where it does not wait.</summary>
    public string? WaitsBecause { get; init; }

    /// <summary>The version whose weights it started from; left out for fresh weights.</summary>
    public string? StartedFrom { get; init; }

    /// <summary>The moment up to which it read the log.</summary>
    public DateTimeOffset? DataUntil { get; init; }

    /// <summary>Why it was rejected, or why its last attempt failed.</summary>
    public string? Error { get; init; }

    /// <param name="training">The training.</param>
    /// <param name="waiting">The versions whose roll-out waits, each with the reason why it waits.</param>
    public static TrainingResponse From(TrainingInfo training, IReadOnlyDictionary<string, string> waiting) => new()
    {
        Id = training.Id,
        Trigger = Name(training.Trigger),
        Reason = training.Reason,
        State = Name(training.State),
        RequestedAt = training.RequestedAt,
        StartedAt = training.StartedAt,
        EndedAt = training.EndedAt,
        Worker = training.Worker,
        Attempt = training.Attempt,
        Failures = training.Failures,
        NotBefore = training.NotBefore,
        Progress = training.Progress is null ? null : training.Progress with { SamplesPerSecond = Finite(training.Progress.SamplesPerSecond) ?? 0, Loss = Finite(training.Progress.Loss) },
        Curve =
        [
            .. training.Curve.Select(p => p with { Loss = Finite(p.Loss), SamplesPerSecond = Finite(p.SamplesPerSecond) ?? 0, Auc = Finite(p.Auc), Gauc = Finite(p.Gauc), LogLoss = Finite(p.LogLoss) }),
        ],
        Gates =
        [
            .. training.Gates.Select(g => g with { Value = Finite(g.Value), Champion = Finite(g.Champion), Limit = Finite(g.Limit), Note = PublicText.Clean(g.Note) }),
        ],
        Version = training.Version,
        WaitsBecause = training.Version is { } version ? waiting.GetValueOrDefault(version) : null,
        StartedFrom = training.StartedFrom,
        DataUntil = training.DataUntil,
        Error = PublicText.Clean(training.Error),
    };

    // JSON has no word for NaN.
    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
