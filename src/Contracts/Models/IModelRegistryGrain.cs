namespace DinOrleans.Contracts.Models;

/// <summary>The model versions of the cluster and who serves what; one grain, key 0.</summary>
/// <remarks>
/// A version becomes active in two steps, so that no ranking meets a silo without it: every silo first loads, verifies and
/// warms the target beside the active version, and when all have reported it, the registry moves the pointer.
/// </remarks>
[Alias("DinOrleans.IModelRegistryGrain")]
public interface IModelRegistryGrain : IGrainWithIntegerKey
{
    /// <summary>All versions, newest first, and the state of the cluster.</summary>
    [Alias("Get"), ResponseTimeout(CallDeadlines.Usual)]
    Task<ModelRegistry> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Records a version that lies in the artifact store and makes it the target.</summary>
    /// <exception cref="InvalidInputException">There is no such version in the store, or its artifact is damaged.</exception>
    [Alias("Publish"), ResponseTimeout(CallDeadlines.Publish)]
    Task PublishAsync(string version, CancellationToken cancellationToken = default);

    /// <summary>Makes a known version the target again.</summary>
    /// <exception cref="InvalidInputException">The version is not known.</exception>
    [Alias("Activate"), ResponseTimeout(CallDeadlines.Usual)]
    Task ActivateAsync(string version, CancellationToken cancellationToken = default);

    /// <summary>A silo's report of what it has loaded, answered with what it should hold. Called by silos only.</summary>
    [Alias("Report"), ResponseTimeout(CallDeadlines.Usual)]
    Task<ModelAssignment> ReportAsync(SiloModelReport report, CancellationToken cancellationToken = default);
}

/// <summary>What a silo should hold.</summary>
/// <param name="Active">The version that new rankings use; null before any.</param>
/// <param name="Target">The version to load beside it; null where none is on its way.</param>
/// <param name="Retiring">The version before, kept until every silo has moved; null where none.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.ModelAssignment")]
public sealed record ModelAssignment(
    [property: Id(0)] string? Active,
    [property: Id(1)] string? Target,
    [property: Id(2)] string? Retiring);

/// <summary>What a silo has.</summary>
/// <param name="Silo">The silo's address.</param>
/// <param name="Serving">The version that all of its rankings use, those under way included; null before any.</param>
/// <param name="Loaded">Versions loaded, verified and warm.</param>
/// <param name="Refused">Versions that failed to load, with the file and the reason.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.SiloModelReport")]
public sealed record SiloModelReport(
    [property: Id(0)] string Silo,
    [property: Id(1)] string? Serving,
    [property: Id(2)] IReadOnlyList<string> Loaded,
    [property: Id(3)] IReadOnlyDictionary<string, string> Refused);

/// <summary>The registry as a caller sees it.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.ModelRegistry")]
public sealed record ModelRegistry(
    [property: Id(0)] ModelAssignment Assignment,
    [property: Id(1)] IReadOnlyList<ModelVersionInfo> Versions,
    [property: Id(2)] IReadOnlyList<SiloModelReport> Silos);

/// <summary>One published version.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.ModelVersionInfo")]
public sealed record ModelVersionInfo
{
    [Id(0)]
    public required string Version { get; init; }

    /// <summary>The model's name, for example "din".</summary>
    [Id(1)]
    public required string Kind { get; init; }

    [Id(2)]
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>Offline measures by name, for example "auc".</summary>
    [Id(3)]
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>Why the cluster refused the version; null where it did not.</summary>
    [Id(4)]
    public string? RefusedBecause { get; init; }

    /// <summary>
    /// True where each task's score is the probability of its event on a shown item, as learned from impressions; false where scores order
    /// items and nothing more.
    /// </summary>
    [Id(5)]
    public bool ScoresAreProbabilities { get; init; }
}
