namespace DinOrleans.Training.Samples;

/// <summary>What is kept from training to evaluate with.</summary>
public enum HoldOut
{
    /// <summary>Nothing: learn from all.</summary>
    None,

    /// <summary>Each user's last positive.</summary>
    LastItem,
}

/// <summary>What counts as before a label.</summary>
public enum HistoryOrder
{
    /// <summary>Only what happened strictly earlier; events of the same moment do not see each other.</summary>
    ByTime,

    /// <summary>All that stands before it in the user's order, for logs whose order says more than their clock.</summary>
    BySequence,
}

/// <summary>How samples are made from a log.</summary>
public sealed record SampleOptions
{
    /// <summary>Negatives drawn uniformly a positive, where the log has no impressions, 0 to 100.</summary>
    public int UniformNegatives { get; init; } = 1;

    /// <summary>Negatives drawn by popularity a positive, where the log has no impressions, 0 to 100.</summary>
    public int PopularNegatives { get; init; } = 1;

    /// <summary>What training never sees.</summary>
    public HoldOut HoldOut { get; init; } = HoldOut.None;

    /// <summary>What a history may hold.</summary>
    public HistoryOrder HistoryOrder { get; init; } = HistoryOrder.ByTime;

    /// <summary>Share of the samples, the latest, that training is validated on, 0 to 0.5.</summary>
    public double ValidationShare { get; init; } = 0.1;

    /// <summary>How long after an impression a positive counts as its effect, above 0.</summary>
    public TimeSpan AttributionWindow { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Decides the negatives and the order.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Lists every broken rule; empty where the options are valid.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> problems = [];
        Require(UniformNegatives is >= 0 and <= 100, "uniformNegatives must be 0 to 100");
        Require(PopularNegatives is >= 0 and <= 100, "popularNegatives must be 0 to 100");
        Require(UniformNegatives + PopularNegatives > 0, "uniformNegatives and popularNegatives must not both be 0");
        Require(ValidationShare is >= 0 and <= 0.5, "validationShare must be 0 to 0.5");
        Require(AttributionWindow > TimeSpan.Zero, "attributionWindow must be above 0");
        return problems;

        void Require(bool holds, string rule)
        {
            if (!holds)
            {
                problems.Add(rule);
            }
        }
    }
}
