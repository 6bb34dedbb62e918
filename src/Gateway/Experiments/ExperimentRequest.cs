using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Experiments;

namespace DinOrleans.Gateway.Experiments;

/// <summary>An experiment to start.</summary>
internal sealed class ExperimentRequest
{
    private static readonly Experiment Defaults = new() { Name = "", Mode = ExperimentMode.Canary, Arms = [] };

    /// <summary>"shadow" (scores in the background and never answers), "canary" (answers a growing share of the users) or "split" (fixed shares).</summary>
    [Required, AllowedValues("shadow", "canary", "split")]
    public string? Mode { get; set; }

    /// <summary>The arms. The active version answers the users of no arm.</summary>
    [Required, MinLength(1), MaxLength(ExperimentRules.MostArms)]
    public List<ArmRequest?>? Arms { get; set; }

    /// <summary>The part of all users that takes part. All users where it is left out.</summary>
    public UserRangeRequest? Users { get; set; }

    /// <summary>For a canary: the percentages of its users that the arm answers, stage by stage, ascending.</summary>
    [MaxLength(ExperimentRules.MostStages)]
    public List<double>? Ramp { get; set; }

    /// <summary>For a canary: true to begin as a shadow.</summary>
    [DefaultValue(false)]
    public bool ShadowFirst { get; set; }

    /// <summary>The shortest time that a stage lasts, in seconds. 600 where it is left out.</summary>
    [Range(0d, ExperimentRules.LongestStageSeconds)]
    public double? StageSeconds { get; set; }

    /// <summary>The fewest rankings that the arm makes in a stage. 1,000 where it is left out.</summary>
    [Range(1d, 1e15)]
    public double? StageRankings { get; set; }

    /// <summary>For a canary: true to make the arm's version the active one after the last stage.</summary>
    [DefaultValue(false)]
    public bool Promotes { get; set; }

    /// <summary>What sends all users back to the active version.</summary>
    public List<GuardRequest?>? Guards { get; set; }

    /// <summary>How long after a ranking a positive event on one of its items counts for it, in seconds. 1,800 where it is left out.</summary>
    [Range(1d, ExperimentRules.LongestWindowSeconds)]
    public double? AttributionSeconds { get; set; }

    /// <summary>The experiment of a name.</summary>
    public Experiment ToExperiment(string name) => new()
    {
        Name = name,
        Mode = Parse<ExperimentMode>(Mode),
        Arms = [.. (Arms ?? []).Select(a => a?.ToArm() ?? new ExperimentArm { Name = "" })],
        Users = Users is null ? UserRange.All : new UserRange(Users.From, Users.To),
        Ramp = Ramp ?? [],
        ShadowFirst = ShadowFirst,
        StageTime = Time(StageSeconds, Defaults.StageTime),
        StageRankings = StageRankings is { } rankings ? Whole(rankings) : Defaults.StageRankings,
        Promotes = Promotes,
        Guards = [.. (Guards ?? []).Select(g => new ExperimentGuard(Parse<GuardMeasure>(g?.Measure), g?.Limit ?? double.NaN, Whole(g?.MinimumRankings ?? 500)))],
        AttributionWindow = Time(AttributionSeconds, Defaults.AttributionWindow),
    };

    /// <summary>A value of an enumeration by its name in lower camel case; one that no rule lets through where there is none.</summary>
    private static T Parse<T>(string? name)
        where T : struct, Enum
    {
        foreach (T value in Enum.GetValues<T>())
        {
            if (name == System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString()))
            {
                return value;
            }
        }

        return (T)Enum.ToObject(typeof(T), -1);
    }

    /// <summary>A time that the rules judge, also where the number is far beyond what a time can be.</summary>
    private static TimeSpan Time(double? seconds, TimeSpan value) => seconds is { } s
        ? TimeSpan.FromSeconds(Math.Clamp(double.IsNaN(s) ? -1 : s, -1, TimeSpan.FromDays(10_000).TotalSeconds))
        : value;

    /// <summary>A whole number that the rules judge; 0, which none lets through, for one with a fraction.</summary>
    private static long Whole(double number) => double.IsInteger(number) ? (long)Math.Clamp(number, 0, 1e15) : 0;
}

/// <summary>One arm.</summary>
internal sealed class ArmRequest
{
    private const string NamePattern = "^[a-z0-9][a-z0-9.-]{0,63}$";

    /// <summary>1 to 64 lower-case letters, digits, dots and hyphens.</summary>
    [Required, RegularExpression(NamePattern)]
    public string? Name { get; set; }

    /// <summary>The version that scores. The active one where it is left out, which only a split allows.</summary>
    [StringLength(InputLimits.IdLength, MinimumLength = 1)]
    public string? Version { get; set; }

    /// <summary>The percentage of the users, above 0 to 100. Must be left out for a canary.</summary>
    [Range(0d, 100d, MinimumIsExclusive = true)]
    public double? Share { get; set; }

    /// <summary>Above 0 to 100: the order is drawn at this temperature. By score where it is left out.</summary>
    [Range(0d, 100d, MinimumIsExclusive = true)]
    public double? Temperature { get; set; }

    public ExperimentArm ToArm() => new() { Name = Name ?? "", Version = Version, Share = Share, Temperature = Temperature };
}

/// <summary>A part of all users.</summary>
internal sealed class UserRangeRequest
{
    /// <summary>The beginning of the part of the users, in percent.</summary>
    [Required, Range(0d, 100d, MaximumIsExclusive = true)]
    public double From { get; set; }

    /// <summary>The end of the part of the users, in percent. It does not belong to the part.</summary>
    [Required, Range(0d, 100d, MinimumIsExclusive = true)]
    public double To { get; set; }
}

/// <summary>A guard.</summary>
internal sealed class GuardRequest
{
    /// <summary>"ctr", "logLoss", "calibration", "latency" or "errors".</summary>
    [Required, AllowedValues("ctr", "logLoss", "calibration", "latency", "errors")]
    public string? Measure { get; set; }

    /// <summary>The limit: a relative drop, a relative rise, a factor, a factor or a difference.</summary>
    [Required, Range(0d, 100d)]
    public double? Limit { get; set; }

    /// <summary>The fewest rankings of arm and champion before it decides. 500 where it is left out.</summary>
    [Range(1d, 1e15)]
    public double? MinimumRankings { get; set; }
}

/// <summary>The arm that takes over.</summary>
internal sealed class PromoteRequest
{
    /// <summary>The arm. May be left out where the experiment has only one.</summary>
    public string? Arm { get; set; }
}
