using System.ComponentModel.DataAnnotations;
using DinOrleans.Contracts.Experiments;

namespace DinOrleans.Grains.Experiments;

/// <summary>How a new version comes to the users.</summary>
public enum RollOutMode
{
    /// <summary>First as a shadow, then as a canary whose share grows, then as the active version.</summary>
    Gradual,

    /// <summary>As the active version as soon as every silo has loaded it.</summary>
    Immediate,
}

/// <summary>How a new version comes to the users, what sends them back, and how many experiments are kept.</summary>
public sealed class ExperimentOptions : IValidatableObject
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Experiments";

    /// <summary>
    /// <c>Gradual</c> to try a new version as a shadow and then on a growing share of the users before it becomes the active one, <c>Immediate</c> to
    /// make it the active one at once. The first version of a cluster is always made active at once. Default <c>Gradual</c>.
    /// </summary>
    public RollOutMode RollOut { get; set; } = RollOutMode.Gradual;

    /// <summary>True to begin a gradual roll-out as a shadow, which scores and never answers. Default true.</summary>
    public bool ShadowFirst { get; set; } = true;

    /// <summary>The percentages of the users that a new version answers, stage by stage, ascending, 1 to 20 of them, separated by commas. Default "1,5,25,50,100".</summary>
    [Required]
    public string Ramp { get; set; } = "1,5,25,50,100";

    /// <summary>The shortest time that a stage lasts, 0 to 30 days. Default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan StageTime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The fewest rankings that a new version makes in a stage before the next, 1 to 1,000,000,000. Default 1,000.</summary>
    [Range(1L, 1_000_000_000L)]
    public long StageRankings { get; set; } = 1_000;

    /// <summary>How long after a ranking a positive event on one of its items counts for it, 1 s to 7 days. Default 30 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan AttributionWindow { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// The largest relative drop of the click-through rate that a roll-out stands, 0 to 1. A version is rolled back when its rate is lower than this with
    /// 99 % certainty. Default 0.01.
    /// </summary>
    [Range(0.0, 1.0)]
    public double CtrDrop { get; set; } = 0.01;

    /// <summary>
    /// The largest factor by which the calibration of a roll-out, its expected positives by those that came, may be farther from 1 than that of the
    /// active version, 1.01 to 100. Default 1.5.
    /// </summary>
    [Range(1.01, 100.0)]
    public double CalibrationFactor { get; set; } = 1.5;

    /// <summary>The largest factor of the 99th percentile of a ranking's time against the active version that a roll-out stands, 1 to 100. Default 2.</summary>
    [Range(1.0, 100.0)]
    public double LatencyFactor { get; set; } = 2;

    /// <summary>The largest share of failed rankings above that of the active version that a roll-out stands, 0 to 1. Default 0.01.</summary>
    [Range(0.0, 1.0)]
    public double ErrorShare { get; set; } = 0.01;

    /// <summary>The fewest rankings of both versions before a guard decides, 1 to 1,000,000,000. Default 500.</summary>
    [Range(1L, 1_000_000_000L)]
    public long GuardRankings { get; set; } = 500;

    /// <summary>
    /// The share of the users outside experiments, 0 to 1, on whom the log loss of the active version is measured all the time, to see when it no
    /// longer fits what users do. Default 0.1.
    /// </summary>
    [Range(0.0, 1.0)]
    public double BaselineShare { get; set; } = 0.1;

    /// <summary>How many shadow rankings one silo may have under way, 1 to 10,000. What is over is left out and counted. Default 64.</summary>
    [Range(1, 10_000)]
    public int ShadowLimit { get; set; } = 64;

    /// <summary>
    /// How many ended experiments are kept with their measures, 1 to 10,000. The versions that they name are kept with them. Experiments that have
    /// not ended are kept in addition. Default 20.
    /// </summary>
    [Range(1, 10_000)]
    public int Keep { get; set; } = 20;

    /// <summary>The experiment that rolls a version out.</summary>
    /// <param name="name">The experiment's name.</param>
    /// <param name="version">The version.</param>
    public Experiment RollOutOf(string name, string version) => new()
    {
        Name = name,
        Mode = ExperimentMode.Canary,
        Arms = [new() { Name = "new", Version = version }],
        Ramp = Percentages() ?? [],
        ShadowFirst = ShadowFirst,
        StageTime = StageTime,
        StageRankings = StageRankings,
        Promotes = true,
        AttributionWindow = AttributionWindow,
        Guards =
        [
            new(GuardMeasure.Errors, ErrorShare, GuardRankings),
            new(GuardMeasure.Latency, LatencyFactor, GuardRankings),
            new(GuardMeasure.Ctr, CtrDrop, GuardRankings),
            new(GuardMeasure.Calibration, CalibrationFactor, GuardRankings),
        ],
    };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Percentages() is null || ExperimentRules.Check(RollOutOf("rollout", "v")).Listed.Any(v => v.Field.StartsWith("ramp", StringComparison.Ordinal)))
        {
            yield return new ValidationResult($"{nameof(Ramp)} must be 1 to 20 ascending percentages above 0 and at most 100, separated by commas.", [nameof(Ramp)]);
        }
    }

    private double[]? Percentages()
    {
        string[] parts = Ramp.Split(',');
        var percentages = new double[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out percentages[i]))
            {
                return null;
            }
        }

        return percentages;
    }
}
