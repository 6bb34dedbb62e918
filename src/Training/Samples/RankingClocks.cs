using DinOrleans.Contracts;

namespace DinOrleans.Training.Samples;

/// <summary>
/// Puts what a user did with a ranking after it where the clocks of shop and server say otherwise: a click that names a ranking was made when the
/// ranking was there, so it is no part of the history that the ranking was made from.
/// </summary>
internal sealed class RankingClocks(Growing<long> timestamp, Growing<int> ranking, Func<int, bool> isImpression)
{
    /// <summary>How far clocks may differ, in milliseconds: what the server allows events that arrive.</summary>
    public static readonly long Tolerance = (long)InputLimits.FutureTolerance.TotalMilliseconds;

    private readonly Dictionary<int, int> _firstOfRanking = [];

    /// <summary>Moves a user's events that name a ranking and lie before its first impression, within the tolerance, to just after it.</summary>
    /// <param name="events">The user's events, in the order they came in.</param>
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
