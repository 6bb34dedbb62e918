using DinOrleans.Contracts;

namespace DinOrleans.Training.Log;

/// <summary>
/// Moves events that name a ranking to after that ranking where the clocks of application and server say otherwise. A click that names a ranking
/// was made after the ranking, so it does not belong to the history that the ranking was made from.
/// </summary>
internal sealed class RankingClocks(Growing<long> timestamp, Growing<int> ranking, Func<int, bool> isImpression)
{
    /// <summary>The largest difference of clocks in milliseconds. It is what the server allows events that arrive.</summary>
    public static readonly long Tolerance = (long)InputLimits.FutureTolerance.TotalMilliseconds;

    private readonly Dictionary<int, int> _firstOfRanking = [];

    /// <summary>Moves a user's events that name a ranking and lie before its first impression, within the tolerance, to just after it.</summary>
    /// <param name="events">The user's events in the order in which they came.</param>
    public void Align(ReadOnlySpan<int> events)
    {
        _firstOfRanking.Clear();
        foreach (int e in events)
        {
            if (ranking[e] >= 0 && isImpression(e) && (!_firstOfRanking.TryGetValue(ranking[e], out int first) || timestamp[e] < timestamp[first]))
            {
                _firstOfRanking[ranking[e]] = e;
            }
        }

        if (_firstOfRanking.Count == 0)
        {
            return;
        }

        foreach (int e in events)
        {
            if (ranking[e] >= 0 && !isImpression(e) && _firstOfRanking.TryGetValue(ranking[e], out int first)
                && IsBefore(e, first) && timestamp[first] - timestamp[e] <= Tolerance)
            {
                timestamp[e] = timestamp[first] + 1;
            }
        }
    }

    private bool IsBefore(int e, int first) => timestamp[e] < timestamp[first] || (timestamp[e] == timestamp[first] && e < first);
}
