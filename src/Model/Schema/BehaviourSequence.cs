using System.Text.Json.Serialization;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Schema;

/// <summary>The definition of a behaviour sequence.</summary>
/// <param name="Events">The event types that form the sequence.</param>
/// <param name="MaxLength">How many of the most recent behaviours are kept for ranking, 1 to 1,000.</param>
/// <param name="SessionGap">
/// The pause that ends a session: behaviours further apart than this belong to different sessions. Above 0, at most 365 days. Null, together
/// with <paramref name="Sessions"/>, does not divide behaviours into sessions.
/// </param>
/// <param name="Sessions">The number of most recent sessions whose behaviours are the history, 1 to 1,000.</param>
public sealed record BehaviourSequence(
    IReadOnlyList<string> Events,
    int MaxLength = 50,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TimeSpan? SessionGap = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Sessions = null)
{
    /// <summary>The largest <see cref="MaxLength"/>, and the most <see cref="Sessions"/>.</summary>
    public const int Largest = 1000;

    private static readonly TimeSpan LargestGap = TimeSpan.FromDays(365);

    /// <summary>True if the history consists of sessions, so that <see cref="HistoryLength"/> needs times.</summary>
    [JsonIgnore]
    public bool HasSessions => Sessions is not null;

    /// <summary>How many of a user's most recent behaviours are the history, in training and in serving.</summary>
    /// <param name="count">The number of the user's behaviours.</param>
    /// <param name="times">The time of each in Unix milliseconds, oldest first. Ignored without <see cref="HasSessions"/>.</param>
    /// <returns>0 to <see cref="MaxLength"/>; 0 only if there are no behaviours.</returns>
    public int HistoryLength(int count, ReadOnlySpan<long> times)
    {
        int most = Math.Min(count, MaxLength);
        if (SessionGap is not { } gap || Sessions is not { } sessions)
        {
            return most;
        }

        long longest = (long)gap.TotalMilliseconds;
        int length = Math.Min(1, most);
        for (int session = 1; length < most; length++)
        {
            int oldest = count - length;
            session += times[oldest] - times[oldest - 1] > longest ? 1 : 0;
            if (session > sessions)
            {
                break;
            }
        }

        return length;
    }

    /// <summary>Collects the broken rules.</summary>
    internal void Check(Problems problems)
    {
        problems.Require(Events.Count > 0, "behaviours.events must name at least one event type");
        problems.Require(MaxLength is >= 1 and <= Largest, $"behaviours.maxLength must be 1 to {Largest}");
        problems.Require(SessionGap is null == Sessions is null, "behaviours.sessionGap and behaviours.sessions must be given together");
        problems.Require(
            SessionGap is not { } gap || (gap >= TimeSpan.FromMilliseconds(1) && gap <= LargestGap),
            $"behaviours.sessionGap must be a millisecond to {LargestGap.TotalDays} days, written as days.hours:minutes:seconds");
        problems.Require(Sessions is null or (>= 1 and <= Largest), $"behaviours.sessions must be 1 to {Largest}");
    }
}
