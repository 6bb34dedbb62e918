namespace DinOrleans.Programs.Monitoring;

/// <summary>Where a program without a REST API answers probes and serves its metrics.</summary>
public sealed class MonitoringOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Monitoring";

    /// <summary>
    /// The addresses of <c>/health/startup</c>, <c>/health/live</c>, <c>/health/ready</c> and <c>/metrics</c>, such as
    /// <c>http://localhost:8081</c>, separated by ";". Empty, the default, stands for none. Whoever reaches them can read all metrics.
    /// </summary>
    public string Urls { get; set; } = "";
}
