using DinOrleans.Contracts.Experiments;

namespace DinOrleans.Grains.Experiments;

/// <summary>Decides which ended experiments are forgotten, with their measures.</summary>
internal static class KeptExperiments
{
    /// <summary>The names of all ended experiments but those that ended last.</summary>
    /// <param name="runs">All experiments, in any order.</param>
    /// <param name="keep">The number of ended experiments to keep.</param>
    public static IEnumerable<string> Surplus(IEnumerable<ExperimentRun> runs, int keep) => runs
        .Where(r => r.HasEnded)
        .OrderByDescending(r => r.EndedAt)
        .ThenByDescending(r => r.Experiment.Name, StringComparer.Ordinal)
        .Skip(keep)
        .Select(r => r.Experiment.Name);
}
