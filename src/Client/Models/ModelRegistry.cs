namespace DinOrleans.Client;

/// <summary>The model versions, and what each silo serves.</summary>
public sealed record ModelRegistry
{
    /// <summary>The version that new rankings use; null before the first one is active.</summary>
    public string? Active { get; init; }

    /// <summary>The version that silos are loading; null where there is none.</summary>
    public string? Target { get; init; }

    /// <summary>The version that was active before, while silos still use it; null otherwise.</summary>
    public string? Retiring { get; init; }

    /// <summary>The published versions, newest first.</summary>
    public required IReadOnlyList<ModelVersion> Versions { get; init; }

    /// <summary>What each silo has loaded.</summary>
    public required IReadOnlyList<SiloModels> Silos { get; init; }
}

/// <summary>One published version.</summary>
/// <param name="Version">The name of the version.</param>
/// <param name="Kind">The model, for example "din".</param>
/// <param name="PublishedAt">When it was published.</param>
/// <param name="Metrics">Offline measures by name. What could not be measured is left out.</param>
/// <param name="ScoresAreProbabilities">True where each task's score is the probability of its event on a shown item.</param>
/// <param name="RefusedBecause">Why the cluster refused the version; null where it did not.</param>
/// <param name="WaitsBecause">Why the version's roll-out has not begun yet; null where none waits.</param>
public sealed record ModelVersion(
    string Version,
    string Kind,
    DateTimeOffset PublishedAt,
    IReadOnlyDictionary<string, double> Metrics,
    bool ScoresAreProbabilities,
    string? RefusedBecause,
    string? WaitsBecause = null);

/// <summary>The versions that one silo holds.</summary>
public sealed record SiloModels
{
    /// <summary>The silo's address.</summary>
    public required string Silo { get; init; }

    /// <summary>The version that all of its rankings use; null before the first version is active.</summary>
    public string? Serving { get; init; }

    /// <summary>The versions that are loaded, verified and warm.</summary>
    public required IReadOnlyList<string> Loaded { get; init; }

    /// <summary>The versions that cannot serve, each with the file and the reason.</summary>
    public required IReadOnlyDictionary<string, string> Refused { get; init; }

    /// <summary>The versions that could not be loaded for a reason that may pass, each with the reason. The silo tries them again.</summary>
    public IReadOnlyDictionary<string, string> Failing { get; init; } = new Dictionary<string, string>();

    /// <summary>What scores each loaded version on this silo, by version.</summary>
    public IReadOnlyDictionary<string, ModelScorer> Scorers { get; init; } = new Dictionary<string, ModelScorer>();
}

/// <summary>What scores a version on one silo.</summary>
/// <param name="Kernel">What computes, for example "ONNX Runtime" or "fused, AVX2".</param>
/// <param name="Reason">A sentence that says why it was chosen.</param>
public sealed record ModelScorer(string Kernel, string Reason);

/// <summary>The body of <c>POST /v1/models</c>.</summary>
internal sealed record PublishBody(string Version, bool RollOut);
