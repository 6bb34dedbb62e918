using DinOrleans.Datasets.Shoppers.Visits;

namespace DinOrleans.Datasets.Shoppers.Reporting;

/// <summary>Counts by position.</summary>
internal sealed class Positions
{
    private readonly List<(long Shown, long Looked, long Clicks)> _counts = [];

    public void Add(VisitOutcome outcome)
    {
        for (int k = 0; k < outcome.Shown.Length; k++)
        {
            if (k == _counts.Count)
            {
                _counts.Add(default);
            }

            (long shown, long looked, long clicks) = _counts[k];
            _counts[k] = (shown + 1, looked + (outcome.Looked[k] ? 1 : 0), clicks + (outcome.Clicked[k] ? 1 : 0));
        }
    }

    public IReadOnlyList<PositionSummary> Summary() =>
        [.. _counts.Select((c, k) => new PositionSummary(k + 1, c.Shown, c.Looked, c.Clicks, c.Looked > 0 ? (double)c.Clicks / c.Looked : null))];
}
