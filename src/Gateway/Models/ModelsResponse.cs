using DinOrleans.Contracts;
using DinOrleans.Contracts.Models;

namespace DinOrleans.Gateway.Models;

/// <summary>The model versions, and what each silo serves.</summary>
internal sealed record ModelsResponse
{
    /// <summary>The version that new rankings use. It is left out before the first one is active.</summary>
    public string? Active { get; init; }

    /// <summary>The version that silos are loading. It is left out where there is none.</summary>
    public string? Target { get; init; }

    /// <summary>The version that was active before, while silos still use it. It is left out otherwise.</summary>
    public string? Retiring { get; init; }

    /// <summary>The published versions, newest first.</summary>
    public required IReadOnlyList<ModelVersionResponse> Versions { get; init; }

    /// <summary>What each silo has loaded.</summary>
    public required IReadOnlyList<SiloModels> Silos { get; init; }

    /// <param name="registry">The registry.</param>
    /// <param name="waiting">The versions whose roll-out waits, each with the reason why it waits.</param>
    public static ModelsResponse From(ModelRegistry registry, IReadOnlyDictionary<string, string> waiting) => new()
    {
        Active = registry.Assignment.Active,
        Target = registry.Assignment.Target,
        Retiring = registry.Assignment.Retiring,
        Versions = [.. registry.Versions.Select(v => ModelVersionResponse.From(v, waiting.GetValueOrDefault(v.Version)))],
        Silos =
        [
            .. registry.Silos.Select(silo => silo with { Refused = Public(silo.Refused), Failing = Public(silo.Failing) }),
        ],
    };

    private static Dictionary<string, string> Public(IReadOnlyDictionary<string, string> reasons) => reasons.ToDictionary(r => r.Key, r => PublicText.Clean(r.Value)!);
}

/// <summary>One published version.</summary>
/// <param name="Version">The name of the version.</param>
/// <param name="Kind">The model, for example "din".</param>
/// <param name="PublishedAt">When it was published.</param>
/// <param name="Metrics">Offline measures by name. What could not be measured is left out.</param>
/// <param name="ScoresAreProbabilities">
/// True where each task's score is the probability of its event on a shown item. False where scores only order the items.
/// </param>
/// <param name="RefusedBecause">Why the cluster refused the version. It is left out where the cluster did not.</param>
/// <param name="WaitsBecause">Why the version's roll-out has not begun yet. It is left out where none waits.</param>
internal sealed record ModelVersionResponse(
    string Version,
    string Kind,
    DateTimeOffset PublishedAt,
    IReadOnlyDictionary<string, double> Metrics,
    bool ScoresAreProbabilities,
    string? RefusedBecause,
    string? WaitsBecause)
{
    // A measure over too few samples is NaN, which JSON cannot say.
    public static ModelVersionResponse From(ModelVersionInfo info, string? waitsBecause) => new(
        info.Version,
        info.Kind,
        info.PublishedAt,
        info.Metrics.Where(metric => double.IsFinite(metric.Value)).ToDictionary(),
        info.ScoresAreProbabilities,
        PublicText.Clean(info.RefusedBecause),
        waitsBecause);
}
