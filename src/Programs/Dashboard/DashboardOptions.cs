namespace DinOrleans.Programs.Dashboard;

/// <summary>Orleans' dashboard of silos, grains and their calls, at <c>/dashboard</c> of a gateway.</summary>
public sealed class DashboardOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Dashboard";

    /// <summary>
    /// True for a silo to collect what the dashboard shows, and for a gateway to show it to callers with the scope admin. It is needed in all silos and in
    /// the gateway. While somebody looks, each call of a grain is timed. Default false: nothing is collected, and the address is not there.
    /// </summary>
    public bool Enabled { get; set; }
}
