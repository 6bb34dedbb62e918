using System.Diagnostics.Metrics;
using DinOrleans.Grains.Scoring;

namespace DinOrleans.Grains.Models;

/// <summary>The metrics of what scores each loaded version, and of the times by which it was chosen.</summary>
internal static class ScorerInstruments
{
    /// <summary>Observes the versions that a silo holds.</summary>
    /// <param name="meter">The meter of the grains.</param>
    /// <param name="loaded">The loaded versions.</param>
    public static void Observe(Meter meter, Func<IReadOnlyList<LoadedModel>> loaded)
    {
        meter.CreateObservableGauge(
            "dinorleans.model.scorer", () => loaded().SelectMany(Kernel), "{version}", "1 for each loaded version, by version and by the kernel that scores it");
        meter.CreateObservableGauge(
            "dinorleans.model.scorer.trial",
            () => loaded().SelectMany(Times),
            "s",
            "The shortest time of a batch when a version was loaded, by version, kernel and shape of the requests");
    }

    private static IEnumerable<Measurement<int>> Kernel(LoadedModel model) =>
        model.Chosen is { } chosen ? [new(1, Tag("version", model.Version), Tag("kernel", chosen.Scorer.Kernel))] : [];

    private static IEnumerable<Measurement<double>> Times(LoadedModel model) => (model.Chosen?.Trial ?? []).Select(t =>
        new Measurement<double>(t.Shortest.TotalSeconds, Tag("version", model.Version), Tag("kernel", t.Kernel), Tag("shape", t.Shape)));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
