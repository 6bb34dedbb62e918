using System.Globalization;
using DinOrleans.Contracts.Experiments;
using DinOrleans.Contracts.Trainings;
using DinOrleans.Training.Service.Attempts;

namespace DinOrleans.Training.Service;

/// <summary>Decides when a training starts by itself.</summary>
/// <param name="options">The settings.</param>
internal sealed class TrainingTriggers(TrainingOptions options)
{
    /// <summary>A training that a rising log loss has started may not mend it: the next one waits this long.</summary>
    private static readonly TimeSpan LeastPause = TimeSpan.FromHours(1);

    /// <summary>True where the number of new positives decides.</summary>
    /// <param name="facts">The facts, without that number.</param>
    public bool NeedsPositives(TriggerFacts facts) => facts.Past.IsIdle && Limit(facts) is not null && !IsDue(facts);

    /// <summary>Decides whether a training is due.</summary>
    /// <param name="facts">The facts to decide by.</param>
    /// <returns>The request; null where none is due.</returns>
    public TrainingRequest? Decide(TriggerFacts facts)
    {
        if (!facts.Past.IsIdle)
        {
            return null;
        }

        if (IsDue(facts))
        {
            return new(TrainingTrigger.Schedule, Text($"{options.Every} have passed since the last training"));
        }

        if (options.LogLossRise is { } most && facts.Quality is { Rise: { } rise } && rise >= most && facts.Now - facts.Since >= LeastPause)
        {
            return new(TrainingTrigger.RisingLogLoss, Text($"the log loss of the active version rose from {facts.Quality.First:F4} to {facts.Quality.Latest:F4}"));
        }

        return Limit(facts) is { } limit && facts.NewPositives >= limit
            ? new(facts.IsFirst ? TrainingTrigger.FirstStart : TrainingTrigger.NewPositives, Text($"{facts.NewPositives:N0} positives, {limit:N0} or more"))
            : null;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private bool IsDue(TriggerFacts facts) => facts.Since is { } since && options.Every is { } every && facts.Now - since >= every;

    private long? Limit(TriggerFacts facts) => facts.IsFirst ? options.FirstPositives : options.NewPositives;
}

/// <summary>What triggers are judged by.</summary>
/// <param name="Past">The past trainings.</param>
/// <param name="Published">When the newest version was published; null before any.</param>
/// <param name="NewPositives">Positive events since <see cref="CountFrom"/>; 0 where they are not counted.</param>
/// <param name="Now">The time now.</param>
internal sealed record TriggerFacts(TrainingPast Past, DateTimeOffset? Published, long NewPositives, DateTimeOffset Now)
{
    /// <summary>How well the active version predicts; null where that is not known.</summary>
    public ActiveQuality? Quality { get; init; }

    /// <summary>True before anything was trained or published.</summary>
    public bool IsFirst => Past.LastRequestedAt is null && Published is null;

    /// <summary>When the last training was asked for, or the last version published; null before either.</summary>
    public DateTimeOffset? Since => Past.LastRequestedAt is { } requested && !(Published > requested) ? requested : Published;

    /// <summary>The moment from which positives are new.</summary>
    public DateTimeOffset CountFrom => Past.LastDataUntil ?? Since ?? DateTimeOffset.MinValue;
}
