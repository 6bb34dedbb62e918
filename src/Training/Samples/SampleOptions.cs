namespace DinOrleans.Training.Samples;

/// <summary>Which positives are kept from training to test on.</summary>
public enum HoldOut
{
    /// <summary>None.</summary>
    None,

    /// <summary>Every user's last positive: it is neither in the training nor in the validation split.</summary>
    LastItem,
}

/// <summary>Which behaviours count as before a label.</summary>
public enum HistoryOrder
{
    /// <summary>Those with a strictly earlier time.</summary>
    ByTime,

    /// <summary>
    /// All earlier ones in the user's order. For logs whose clock is coarser than their order, such as invoices that share a minute:
    /// what one was bought with then counts as history, which a live ranking at that moment could not have seen.
    /// </summary>
    BySequence,
}

/// <summary>Which rankings are validated on.</summary>
public enum ValidationRows
{
    /// <summary>The latest by time.</summary>
    Latest,

    /// <summary>
    /// The last of each user that nothing else holds back, of users drawn at random: like a test of last items, and training keeps the rest of
    /// the latest time.
    /// </summary>
    LastOfUser,
}

/// <summary>How samples are made from a training log.</summary>
public sealed record SampleOptions
{
    private const int MaxNegatives = 100;

    /// <summary>Uniform negatives a positive where there are no impressions, 0 to 100.</summary>
    public int UniformNegatives { get; init; } = 1;

    /// <summary>Negatives a positive drawn by popularity where there are no impressions, 0 to 100.</summary>
    public int PopularNegatives { get; init; } = 1;

    /// <summary>Popular negatives are drawn by (positives of the item)^exponent, 0 to 2; 1 is plain popularity.</summary>
    public double PopularityExponent { get; init; } = 0.75;

    /// <summary>What is kept to test on.</summary>
    public HoldOut HoldOut { get; init; } = HoldOut.None;

    /// <summary>What counts as before a label.</summary>
    public HistoryOrder HistoryOrder { get; init; } = HistoryOrder.ByTime;

    /// <summary>A behaviour on the same item as the one before it is left out, of histories and of positives without impressions.</summary>
    public bool DropImmediateRepeats { get; init; }

    /// <summary>Which rankings are validated on, of those that are not for the test.</summary>
    public ValidationRows Validation { get; init; } = ValidationRows.Latest;

    /// <summary>Share of the rankings that is validated on, 0 to 0.5; at most, where each user has one only.</summary>
    public double ValidationShare { get; init; } = 0.1;

    /// <summary>Share of the rankings, the latest by time, that is neither trained nor validated on, to test with, 0 to 0.5.</summary>
    public double TestShare { get; init; }

    /// <summary>How long after an impression a positive event still counts for it; above 0, at most 30 days.</summary>
    public TimeSpan AttributionWindow { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Seed of shuffling and of negatives.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Lists every broken rule by JSON field; empty where the options are valid.</summary>
    public IReadOnlyList<string> Problems()
    {
        List<string> problems = [];
        Require(UniformNegatives is >= 0 and <= MaxNegatives, $"uniformNegatives must be 0 to {MaxNegatives}");
        Require(PopularNegatives is >= 0 and <= MaxNegatives, $"popularNegatives must be 0 to {MaxNegatives}");
        Require(UniformNegatives + PopularNegatives > 0, "uniformNegatives and popularNegatives must not both be 0");
        Require(PopularityExponent is >= 0 and <= 2, "popularityExponent must be 0 to 2");
        Require(Enum.IsDefined(HoldOut), "holdOut must be \"none\" or \"lastItem\"");
        Require(Enum.IsDefined(HistoryOrder), "historyOrder must be \"byTime\" or \"bySequence\"");
        Require(Enum.IsDefined(Validation), "validation must be \"latest\" or \"lastOfUser\"");
        Require(ValidationShare is >= 0 and <= 0.5, "validationShare must be 0 to 0.5");
        Require(TestShare is >= 0 and <= 0.5, "testShare must be 0 to 0.5");
        Require(
            AttributionWindow > TimeSpan.Zero && AttributionWindow <= TimeSpan.FromDays(30), "attributionWindow must be above 0 and at most 30 days");
        return problems;

        void Require(bool holds, string rule)
        {
            if (!holds)
            {
                problems.Add(rule);
            }
        }
    }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message lists them all.</exception>
    public void Validate()
    {
        if (Problems() is { Count: > 0 } problems)
        {
            throw new ArgumentException("samples: " + string.Join("; ", problems) + ".");
        }
    }
}
