using DinOrleans.Model.Validation;

namespace DinOrleans.Training.Samples;

/// <summary>How samples are made from a training log.</summary>
public sealed record SampleOptions
{
    private const int MaxNegatives = 100;

    /// <summary>The number of uniform negatives per positive where there are no impressions, 0 to 100.</summary>
    public int UniformNegatives { get; init; } = 1;

    /// <summary>The number of negatives per positive that are drawn by popularity where there are no impressions, 0 to 100.</summary>
    public int PopularNegatives { get; init; } = 1;

    /// <summary>
    /// The exponent x, 0 to 2: an item with n positives is drawn as a popular negative in proportion to nˣ. 1 is plain popularity.
    /// </summary>
    public double PopularityExponent { get; init; } = 0.75;

    /// <summary>The positives that are kept out of training to test on.</summary>
    public HoldOut HoldOut { get; init; } = HoldOut.None;

    /// <summary>The rule by which behaviours form the history of a ranking.</summary>
    public HistoryOrder HistoryOrder { get; init; } = HistoryOrder.ByTime;

    /// <summary>
    /// True if a behaviour on the same item as the behaviour before it is left out, both of histories and of positives without impressions.
    /// </summary>
    public bool DropImmediateRepeats { get; init; }

    /// <summary>The rankings that are used for validation, of those that are not for the test.</summary>
    public ValidationRows Validation { get; init; } = ValidationRows.Latest;

    /// <summary>
    /// The share of the rankings that validates, 0 to 0.5. There may be fewer where each user has only one validation ranking.
    /// </summary>
    public double ValidationShare { get; init; } = 0.1;

    /// <summary>The share of the rankings that is kept to test on, the latest by time, 0 to 0.5.</summary>
    public double TestShare { get; init; }

    /// <summary>How long after an impression a positive event still counts for it. More than 0 and at most 30 days.</summary>
    public TimeSpan AttributionWindow { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The seed of the order of the samples and of their negatives.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Lists all broken rules by JSON field. The list is empty if the options are valid.</summary>
    public Problems Check()
    {
        Problems problems = [];
        problems.Require(UniformNegatives is >= 0 and <= MaxNegatives, $"uniformNegatives must be 0 to {MaxNegatives}");
        problems.Require(PopularNegatives is >= 0 and <= MaxNegatives, $"popularNegatives must be 0 to {MaxNegatives}");
        problems.Require(UniformNegatives + PopularNegatives > 0, "uniformNegatives and popularNegatives must not both be 0");
        problems.Require(PopularityExponent is >= 0 and <= 2, "popularityExponent must be 0 to 2");
        problems.Require(Enum.IsDefined(HoldOut), "holdOut must be \"none\" or \"lastItem\"");
        problems.Require(Enum.IsDefined(HistoryOrder), "historyOrder must be \"byTime\" or \"bySequence\"");
        problems.Require(Enum.IsDefined(Validation), "validation must be \"latest\" or \"lastOfUser\"");
        problems.Require(ValidationShare is >= 0 and <= 0.5, "validationShare must be 0 to 0.5");
        problems.Require(TestShare is >= 0 and <= 0.5, "testShare must be 0 to 0.5");
        problems.Require(
            AttributionWindow > TimeSpan.Zero && AttributionWindow <= TimeSpan.FromDays(30), "attributionWindow must be above 0 and at most 30 days");
        return problems;
    }

    /// <summary>Throws if a rule is broken.</summary>
    /// <exception cref="InvalidContentException">A rule is broken. The message lists all broken rules.</exception>
    public void Require() => Check().ThrowIfAny("samples");
}
