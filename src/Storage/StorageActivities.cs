using System.Diagnostics;

namespace DinOrleans.Storage;

/// <summary>The spans of the stores.</summary>
public static class StorageActivities
{
    /// <summary>The name of their source.</summary>
    public const string SourceName = "DinOrleans.Storage";

    /// <summary>The name of the span of one transaction.</summary>
    public const string CommitName = "commit";

    /// <summary>The name of the span of a write's wait for its transaction.</summary>
    public const string WaitName = "commit.wait";

    internal static ActivitySource Source { get; } = new(SourceName);

    /// <summary>Starts the span of a transaction.</summary>
    internal static Activity? Commit<T>(List<T> group, Func<T, WaitingCaller> callerOf) =>
        SharedWork.Start(Source, WaitName, CommitName, group, callerOf)?.SetTag("dinorleans.writes", group.Count);
}
