using Orleans.Concurrency;

namespace DinOrleans.Contracts.Models;

/// <summary>The model versions of the cluster and who serves what; one grain, key 0.</summary>
/// <remarks>
/// A version becomes active in two steps, so that no ranking meets a silo without it: every silo first loads, verifies and
/// warms the target beside the active version, and when all have reported it, the registry moves the pointer. Each step is
/// stored before it is acted on or acknowledged, so that it goes on where the grain's silo dies.
/// </remarks>
[Alias("DinOrleans.IModelRegistryGrain")]
public interface IModelRegistryGrain : IGrainWithIntegerKey
{
    /// <summary>All versions, newest first, and the state of the cluster.</summary>
    [Alias("Get"), AlwaysInterleave, ResponseTimeout(CallDeadlines.Usual)]
    Task<ModelRegistry> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Records a version that lies in the artifact store and makes it the target. Both are stored when the call returns.</summary>
    /// <remarks>Only the manifest is read here. The silos verify the rest and refuse what does not hold.</remarks>
    /// <exception cref="InvalidInputException">There is no such version in the store, or its manifest breaks a rule.</exception>
    /// <exception cref="StoreUnavailableException">The store does not take it now.</exception>
    [Alias("Publish"), ResponseTimeout(CallDeadlines.Usual)]
    Task PublishAsync(string version, CancellationToken cancellationToken = default);

    /// <summary>Makes a known version the target again. That is stored when the call returns.</summary>
    /// <exception cref="InvalidInputException">The version is not known, or its manifest is gone or breaks a rule.</exception>
    /// <exception cref="StoreUnavailableException">The store does not take it now.</exception>
    [Alias("Activate"), ResponseTimeout(CallDeadlines.Usual)]
    Task ActivateAsync(string version, CancellationToken cancellationToken = default);

    /// <summary>A silo's report of what it has loaded, answered with what it should hold.</summary>
    /// <exception cref="InvalidInputException">The caller is not a silo of the cluster.</exception>
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
/// <param name="Refused">Versions that cannot serve, with the file and the reason.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.SiloModelReport")]
public sealed record SiloModelReport(
    [property: Id(0)] string Silo,
    [property: Id(1)] string? Serving,
    [property: Id(2)] IReadOnlyList<string> Loaded,
    [property: Id(3)] IReadOnlyDictionary<string, string> Refused)
{
    /// <summary>Versions that could not be loaded for a reason that may pass, with the reason; the silo tries them again.</summary>
    [Id(4)]
    public IReadOnlyDictionary<string, string> Failing { get; init; } = EmptyFeatures.Instance;
}

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
