using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace DinOrleans.Contracts.Experiments;

/// <summary>The rate of positives of the active version, hour by hour; the same grain as <see cref="IExperimentsGrain"/>, with key 0.</summary>
[Alias("DinOrleans.IClickHoursGrain"), Version(1)]
public interface IClickHoursGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Returns what was measured of the active version on a share of the users who are in no experiment. It is kept in memory: a restart of the grain,
    /// and another active version, begin anew.
    /// </summary>
    /// <returns>Null before anything was measured.</returns>
    [Alias("GetClickHours"), AlwaysInterleave, ResponseTimeout(CallDeadlines.Usual)]
    Task<ClickHours?> GetClickHoursAsync(CancellationToken cancellationToken = default);
}

/// <summary>What followed what the active version showed.</summary>
/// <param name="Version">The version.</param>
/// <param name="Task">The task whose positives are counted: the first one of the schema.</param>
/// <param name="UserShare">The share of the users outside experiments on whom it is measured, 0 to 1.</param>
/// <param name="Hours">The hours that had rankings, oldest first.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.ClickHours")]
public sealed record ClickHours(
    [property: Id(0)] string Version,
    [property: Id(1)] string Task,
    [property: Id(2)] double UserShare,
    [property: Id(3)] IReadOnlyList<ClickHour> Hours);

/// <summary>One hour.</summary>
/// <param name="Hour">The beginning of the hour.</param>
/// <param name="Shown">The number of items that were shown.</param>
/// <param name="Positives">The number of them that had a positive event.</param>
/// <param name="Scored">The number of them whose score was a probability. It is 0 where the version's scores are not probabilities.</param>
/// <param name="Expected">The sum of those probabilities: the number of positives that the version expected.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.ClickHour")]
public readonly record struct ClickHour(
    [property: Id(0)] DateTimeOffset Hour,
    [property: Id(1)] long Shown,
    [property: Id(2)] long Positives,
    [property: Id(3)] long Scored = 0,
    [property: Id(4)] double Expected = 0);
