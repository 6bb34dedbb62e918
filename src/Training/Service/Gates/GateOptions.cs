using System.ComponentModel.DataAnnotations;

namespace DinOrleans.Training.Service.Gates;

/// <summary>What a trained version must prove before it is published.</summary>
public sealed class GateOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Gates";

    /// <summary>
    /// The share of the logged rankings, the latest ones, on which a version is measured against the active one, 0 to 0.5. It is not learned from.
    /// Default 0.05.
    /// </summary>
    [Range(0.0, 0.5)]
    public double Share { get; set; } = 0.05;

    /// <summary>The least number of rankings to judge quality by, 1 to 1,000,000. With fewer there is no verdict, and the version passes. Default 100.</summary>
    [Range(1, 1_000_000)]
    public int MinimumRankings { get; set; } = 100;

    /// <summary>By how much the GAUC may be below that of the active version on the same rankings, 0 to 1. Default 0.01.</summary>
    [Range(0.0, 1.0)]
    public double MaxGaucLoss { get; set; } = 0.01;

    /// <summary>The share by which the log loss may be above that of the active version on the same rankings, 0 to 10. Default 0.02.</summary>
    [Range(0.0, 10.0)]
    public double MaxLogLossRise { get; set; } = 0.02;

    /// <summary>
    /// By which factor the mean probability of any task may be above or below the share of its positives, 1 to 100. The limit is widened by three
    /// standard errors of the number of positives. Default 1.25.
    /// </summary>
    [Range(1.0, 100.0)]
    public double MaxCalibration { get; set; } = 1.25;

    /// <summary>How long a silo may take to verify, load and warm the version, 1 s to 1 hour. Default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan MaxLoadTime { get; set; } = TimeSpan.FromMinutes(1);
}
