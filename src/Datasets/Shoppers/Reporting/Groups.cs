using DinOrleans.Datasets.Shoppers.Visits;

namespace DinOrleans.Datasets.Shoppers.Reporting;

/// <summary>Sums by a name. A shop that makes up names without end cannot make them without end here: beyond 100 they are summed as "other".</summary>
internal sealed class Groups
{
    private const int Most = 100;
    private const string None = "none";
    private const string Other = "other";

    private readonly Dictionary<string, Tally> _tallies = new(StringComparer.Ordinal);

    /// <param name="name">The name; null for none.</param>
    /// <param name="outcome">The outcome to add.</param>
    public void Add(string? name, VisitOutcome outcome)
    {
        string group = name ?? None;
        if (_tallies.Count >= Most && !_tallies.ContainsKey(group))
        {
            group = Other;
        }

        if (!_tallies.TryGetValue(group, out Tally? tally))
        {
            _tallies.Add(group, tally = new());
        }

        tally.Add(outcome);
    }

    public IReadOnlyList<string> Names => [.. _tallies.Keys.Order(StringComparer.Ordinal)];

    public IReadOnlyDictionary<string, RankingSummary> Summary() =>
        _tallies.OrderBy(t => t.Key, StringComparer.Ordinal).ToDictionary(t => t.Key, t => t.Value.Summary());
}
