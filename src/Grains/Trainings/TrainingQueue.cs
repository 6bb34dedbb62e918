using DinOrleans.Contracts.Trainings;

namespace DinOrleans.Grains.Trainings;

/// <summary>
/// The rules by which trainings wait, run and end, for the trainings that are kept, newest first. Pure: what is decided is stored before it is
/// acted on.
/// </summary>
internal static class TrainingQueue
{
    private static readonly TimeSpan LongestRetry = TimeSpan.FromHours(1);

    /// <summary>The training that answers a request.</summary>
    /// <param name="trainings">The trainings now.</param>
    /// <param name="request">The request.</param>
    /// <param name="id">The id of a new training.</param>
    /// <param name="time">The time now.</param>
    /// <returns>A new training, or one that waits or runs already, which may have changed.</returns>
    public static TrainingInfo Request(IReadOnlyList<TrainingInfo> trainings, TrainingRequest request, string id, DateTimeOffset time)
    {
        bool isUrgent = request.Trigger is TrainingTrigger.Hand or TrainingTrigger.FirstStart;
        if (trainings.FirstOrDefault(t => t.State == TrainingState.Waiting) is { } waiting)
        {
            return waiting with
            {
                NotBefore = isUrgent ? null : waiting.NotBefore,
                FreshWeights = waiting.FreshWeights || request.FreshWeights,
            };
        }

        // What runs has read its log already: somebody who asks now wants what came since.
        if (request.Trigger != TrainingTrigger.Hand && trainings.FirstOrDefault(IsHeld) is { } held)
        {
            return held;
        }

        return new TrainingInfo
        {
            Id = id,
            Trigger = request.Trigger,
            Reason = request.Reason,
            FreshWeights = request.FreshWeights,
            State = TrainingState.Waiting,
            RequestedAt = time,
        };
    }

    /// <summary>What becomes of the training that is held, where its service has gone.</summary>
    /// <param name="trainings">The trainings now.</param>
    /// <param name="isSilent">True where its service has been silent for too long, or is known to be gone.</param>
    /// <param name="time">The time now.</param>
    /// <param name="options">The rules.</param>
    /// <returns>The training as it goes on; null where nothing changes.</returns>
    public static TrainingInfo? Lose(IReadOnlyList<TrainingInfo> trainings, bool isSilent, DateTimeOffset time, TrainingQueueOptions options)
    {
        if (!isSilent || trainings.FirstOrDefault(IsHeld) is not { } held)
        {
            return null;
        }

        // Another attempt need not wait: it goes on from the last checkpoint. It counts, since the training may be what ends its service.
        TrainingInfo failed = Fail(held, $"The training service {held.Worker} ended without a word.", time, options);
        return failed with { NotBefore = null };
    }

    /// <summary>The training that a service gets.</summary>
    /// <param name="trainings">The trainings now.</param>
    /// <param name="worker">The service's name.</param>
    /// <param name="time">The time now.</param>
    /// <returns>The training as it is the service's from now on; null where there is none for it.</returns>
    public static TrainingInfo? Take(IReadOnlyList<TrainingInfo> trainings, string worker, DateTimeOffset time)
    {
        if (trainings.FirstOrDefault(IsHeld) is { } held)
        {
            // One that asks although it holds a training has not heard the answer.
            return held.Worker == worker ? Begin(held) : null;
        }

        TrainingInfo? next = trainings.LastOrDefault(t => t.State == TrainingState.Waiting && (t.NotBefore is null || t.NotBefore <= time));
        return next is null ? null : Begin(next);

        TrainingInfo Begin(TrainingInfo training) => training with
        {
            State = TrainingState.Running,
            Worker = worker,
            Attempt = training.Attempt + 1,
            StartedAt = training.StartedAt ?? time,
            NotBefore = null,
        };
    }

    /// <summary>A training after a report of the attempt that holds it.</summary>
    /// <param name="training">The training.</param>
    /// <param name="report">The report.</param>
    /// <param name="time">The time now.</param>
    /// <param name="options">The rules.</param>
    public static TrainingInfo Apply(TrainingInfo training, TrainingReport report, DateTimeOffset time, TrainingQueueOptions options)
    {
        TrainingInfo told = training with
        {
            Curve = report.Curve ?? training.Curve,
            Gates = report.Gates ?? training.Gates,
            Version = report.Version ?? training.Version,
            StartedFrom = report.StartedFrom ?? training.StartedFrom,
            DataUntil = report.DataUntil ?? training.DataUntil,
        };
        return report.State switch
        {
            TrainingState.Running or TrainingState.Gating => told with { State = report.State },
            TrainingState.Waiting => told with { State = TrainingState.Waiting, Worker = null },
            TrainingState.Published => Ended(told, TrainingState.Published, error: null, time),
            TrainingState.Rejected => Ended(told, TrainingState.Rejected, report.Error, time),
            TrainingState.Failed => Fail(told, report.Error, time, options),
            _ => training,
        };
    }

    /// <summary>True for a training that a service holds.</summary>
    public static bool IsHeld(TrainingInfo training) => training.State is TrainingState.Running or TrainingState.Gating;

    /// <summary>True where a report is of the attempt that holds a training.</summary>
    public static bool IsOf(TrainingInfo training, TrainingReport report) =>
        training.Id == report.Id && training.Attempt == report.Attempt && IsHeld(training);

    /// <summary>What triggers are judged by.</summary>
    /// <param name="trainings">The trainings now.</param>
    public static TrainingPast Past(IReadOnlyList<TrainingInfo> trainings) => new(
        IsIdle: !trainings.Any(t => t.State == TrainingState.Waiting || IsHeld(t)),
        LastRequestedAt: trainings.Max(t => (DateTimeOffset?)t.RequestedAt),
        LastDataUntil: trainings.Max(t => t.DataUntil),
        SinceFresh: trainings.Where(t => t.State == TrainingState.Published).TakeWhile(t => t.StartedFrom is not null).Count());

    /// <summary>The ids of the oldest ended trainings beyond those that are kept.</summary>
    /// <param name="trainings">The trainings now.</param>
    /// <param name="keep">How many are kept.</param>
    public static IReadOnlyList<string> Surplus(IReadOnlyList<TrainingInfo> trainings, int keep) =>
        [.. trainings.Skip(keep).Where(t => t.EndedAt is not null).Select(t => t.Id)];

    private static TrainingInfo Fail(TrainingInfo training, string? error, DateTimeOffset time, TrainingQueueOptions options)
    {
        TrainingInfo failed = training with { Failures = training.Failures + 1, Error = error, Worker = null };
        return failed.Failures > options.Retries
            ? Ended(failed, TrainingState.Failed, error, time)
            : failed with { State = TrainingState.Waiting, NotBefore = time + Delay(failed.Failures, options.RetryAfter) };
    }

    private static TrainingInfo Ended(TrainingInfo training, TrainingState state, string? error, DateTimeOffset time) =>
        training with { State = state, EndedAt = time, Error = error, Worker = null, NotBefore = null };

    private static TimeSpan Delay(int failures, TimeSpan first)
    {
        TimeSpan longest = first > LongestRetry ? first : LongestRetry;
        double delay = first.Ticks * Math.Pow(2, failures - 1);
        return delay < longest.Ticks ? TimeSpan.FromTicks((long)delay) : longest;
    }
}
