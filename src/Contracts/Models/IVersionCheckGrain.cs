using Orleans.CodeGeneration;

namespace DinOrleans.Contracts.Models;

/// <summary>Tries a version on a silo that scores, before it is published; one grain, key 0.</summary>
[Alias("DinOrleans.IVersionCheckGrain"), Version(1)]
public interface IVersionCheckGrain : IGrainWithIntegerKey
{
    /// <summary>Loads a version of the artifact store beside those that serve, warms it, scores its stored sample and lets it go again.</summary>
    /// <exception cref="InvalidInputException">There is no such version in the store.</exception>
    /// <exception cref="StoreUnavailableException">The version cannot be read now.</exception>
    [Alias("Check"), ResponseTimeout("00:05:00")]
    Task<VersionCheck> CheckAsync(string version, CancellationToken cancellationToken = default);
}

/// <summary>The result of checking a version on a silo.</summary>
/// <param name="LoadTime">The time that verifying, loading and warming the version took.</param>
/// <param name="SampleDifference">The largest difference between a score of the stored sample here and in training; null where the silo refused the version.</param>
/// <param name="SampleTolerance">The largest difference that the silo takes.</param>
/// <param name="RefusedBecause">The reason why the silo cannot serve the version. Null if it can.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.VersionCheck")]
public sealed record VersionCheck(
    [property: Id(0)] TimeSpan LoadTime,
    [property: Id(1)] double? SampleDifference,
    [property: Id(2)] double SampleTolerance,
    [property: Id(3)] string? RefusedBecause);
