using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using DinOrleans.Grains.Scoring;

namespace DinOrleans.Grains.Telemetry;

/// <summary>Observes what scores each loaded version, and the times by which it was chosen.</summary>
internal sealed class ChosenScorers
{
    private readonly ConcurrentDictionary<string, ChosenScorer> _byVersion = new();

    /// <param name="meter">The meter of the grains.</param>
    public ChosenScorers(Meter meter)
    {
        meter.CreateObservableGauge("dinorleans.model.scorer", Scorers, "{version}", "1 for each loaded version, by version and by the kernel that scores it");
        meter.CreateObservableGauge(
            "dinorleans.model.scorer.trial", Times, "s", "The shortest time of a batch when a version was loaded, by version, kernel and shape of the requests");
    }

    /// <summary>Adds a version, or replaces its scorer.</summary>
    /// <param name="version">The version.</param>
    /// <param name="chosen">Its scorer.</param>
    public void Set(string version, ChosenScorer chosen) => _byVersion[version] = chosen;

    /// <summary>Removes a version.</summary>
    /// <param name="version">The version.</param>
    public void Remove(string version) => _byVersion.TryRemove(version, out _);

    private IEnumerable<Measurement<int>> Scorers() => _byVersion.Select(v => new Measurement<int>(1, Tag("version", v.Key), Tag("kernel", v.Value.Scorer.Kernel)));

    private IEnumerable<Measurement<double>> Times() => _byVersion.SelectMany(v => v.Value.Trial.Select(t =>
        new Measurement<double>(t.Shortest.TotalSeconds, Tag("version", v.Key), Tag("kernel", t.Kernel), Tag("shape", t.Shape))));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
