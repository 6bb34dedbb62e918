using DinOrleans.Contracts.Models;
using DinOrleans.Gateway.Problems;

namespace DinOrleans.Gateway.Models;

/// <summary>Model versions and who serves what.</summary>
internal sealed record ModelsResponse
{
    /// <summary>The version that new rankings use; left out before any.</summary>
    public string? Active { get; init; }

    /// <summary>The version on its way to be active.</summary>
    public string? Target { get; init; }

    /// <summary>The version before, while silos still move.</summary>
    public string? Retiring { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<ModelVersionResponse> Versions { get; init; }

    public required IReadOnlyList<SiloModels> Silos { get; init; }

    public static ModelsResponse From(ModelRegistry registry) => new()
    {
        Active = registry.Assignment.Active,
        Target = registry.Assignment.Target,
        Retiring = registry.Assignment.Retiring,
        Versions = [.. registry.Versions.Select(ModelVersionResponse.From)],
        Silos =
        [
            .. registry.Silos.Select(silo => silo with { Refused = silo.Refused.ToDictionary(r => r.Key, r => PublicText.Clean(r.Value)!) }),
        ],
    };
}

/// <summary>One published version.</summary>
/// <param name="Version">Its name.</param>
/// <param name="Kind">The model, for example "din".</param>
/// <param name="PublishedAt">When it was published.</param>
/// <param name="Metrics">Offline measures by name; what could not be measured is left out.</param>
/// <param name="ScoresAreProbabilities">
/// True where each task's score is the probability of its event on a shown item; false where scores order items and nothing more.
/// </param>
/// <param name="RefusedBecause">Why the cluster refused it; left out where it did not.</param>
internal sealed record ModelVersionResponse(
    string Version,
    string Kind,
    DateTimeOffset PublishedAt,
    IReadOnlyDictionary<string, double> Metrics,
    bool ScoresAreProbabilities,
    string? RefusedBecause)
{
    // JSON has no word for NaN, which is what a measure over too few samples is.
    public static ModelVersionResponse From(ModelVersionInfo info) => new(
        info.Version,
        info.Kind,
        info.PublishedAt,
        info.Metrics.Where(metric => double.IsFinite(metric.Value)).ToDictionary(),
        info.ScoresAreProbabilities,
        PublicText.Clean(info.RefusedBecause));
}
