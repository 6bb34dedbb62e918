using System.Diagnostics;

namespace DinOrleans.Grains.Telemetry;

/// <summary>The spans of a ranking within a silo.</summary>
public static class GrainsActivities
{
    /// <summary>The name of their source.</summary>
    public const string SourceName = "DinOrleans.Grains";

    /// <summary>The name of the span that reads a user's history and profile from the stores.</summary>
    public const string ReadName = "user.read";

    /// <summary>The name of the span that gathers the vectors of the history and the candidates.</summary>
    public const string VectorsName = "vectors";

    /// <summary>The name of the span of a request's wait for its batch.</summary>
    public const string WaitName = "score.wait";

    /// <summary>The name of the span of a batch. It is linked to all of its rankings.</summary>
    public const string BatchName = "score.batch";

    /// <summary>The name of the span of a batch's run on the device, within the span of the batch.</summary>
    public const string DeviceName = "score.device";

    /// <summary>The name of the span of a ranking's wait to be logged.</summary>
    public const string LogWaitName = "ranking_log.wait";

    /// <summary>The name of the span of one write to the ranking log.</summary>
    public const string LogName = "ranking_log.append";

    internal static ActivitySource Source { get; } = new(SourceName);

    /// <summary>Starts a span in the current trace. Null, without an allocation, where that is not recorded.</summary>
    internal static Activity? Start(string name) => Activity.Current is { Recorded: true } ? Source.StartActivity(name) : null;
}
