namespace DinOrleans.Contracts.Models;

/// <summary>The model versions of the cluster and which of them serve.</summary>
/// <param name="Assignment">The versions that silos should hold, and the one that serves.</param>
/// <param name="Versions">All published versions that are kept, newest first.</param>
/// <param name="Silos">The versions that each silo holds, by its last report.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.ModelRegistry")]
public sealed record ModelRegistry(
    [property: Id(0)] ModelAssignment Assignment,
    [property: Id(1)] IReadOnlyList<ModelVersionInfo> Versions,
    [property: Id(2)] IReadOnlyList<SiloModels> Silos);

/// <summary>The versions that each silo should hold.</summary>
/// <param name="Active">The version that new rankings use. Null before the first version is active.</param>
/// <param name="Target">The version that silos load beside the active one. Null where there is none.</param>
/// <param name="Retiring">The version that was active before, which is kept until every silo has left it. Null where there is none.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.ModelAssignment")]
public sealed record ModelAssignment(
    [property: Id(0)] string? Active,
    [property: Id(1)] string? Target,
    [property: Id(2)] string? Retiring);

/// <summary>The versions that one silo holds.</summary>
/// <param name="Silo">The silo's address.</param>
/// <param name="Serving">The version that all of its rankings use, those under way included. Null before the first version is active.</param>
/// <param name="Loaded">The versions that are loaded, verified and warm.</param>
/// <param name="Refused">The versions that cannot serve, each with the file and the reason.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.SiloModelReport")]
public sealed record SiloModels(
    [property: Id(0)] string Silo,
    [property: Id(1)] string? Serving,
    [property: Id(2)] IReadOnlyList<string> Loaded,
    [property: Id(3)] IReadOnlyDictionary<string, string> Refused)
{
    /// <summary>The versions that could not be loaded for a reason that may pass, each with the reason. The silo tries them again.</summary>
    [Id(4)]
    public IReadOnlyDictionary<string, string> Failing { get; init; } = EmptyFeatures.Instance;

    /// <summary>What scores each loaded version on this silo, by version. Empty on a silo that does not score.</summary>
    [Id(5)]
    public IReadOnlyDictionary<string, ModelScorer> Scorers { get; init; } = new Dictionary<string, ModelScorer>();
}

/// <summary>What scores a version on one silo.</summary>
/// <param name="Kernel">What computes, for example "ONNX Runtime" or "fused, AVX2".</param>
/// <param name="Reason">A sentence that says why it was chosen.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.ModelScorer")]
public sealed record ModelScorer([property: Id(0)] string Kernel, [property: Id(1)] string Reason);

/// <summary>One published version.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.ModelVersionInfo")]
public sealed record ModelVersionInfo
{
    /// <summary>The version's name.</summary>
    [Id(0)]
    public required string Version { get; init; }

    /// <summary>The model's name, for example "din".</summary>
    [Id(1)]
    public required string Kind { get; init; }

    /// <summary>When the version was published.</summary>
    [Id(2)]
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>The measures that training computed, by name, for example "auc".</summary>
    [Id(3)]
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>The reason why the cluster refused the version. Null if it did not refuse it.</summary>
    [Id(4)]
    public string? RefusedBecause { get; init; }

    /// <summary>
    /// True where each task's score is the probability of its event on a shown item, as learned from impressions. False where scores only order
    /// items.
    /// </summary>
    [Id(5)]
    public bool ScoresAreProbabilities { get; init; }
}
