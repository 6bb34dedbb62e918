using DinOrleans.Contracts.Experiments;

namespace DinOrleans.Grains.Experiments;

/// <summary>The rules of a roll-out whose users belong to another experiment. Pure: what is decided is stored before it is acted on.</summary>
internal static class WaitingRollOut
{
    /// <summary>The reason why a roll-out must wait; null where it may begin.</summary>
    /// <param name="experiment">The roll-out.</param>
    /// <param name="others">All other experiments.</param>
    public static string? Reason(Experiment experiment, IEnumerable<ExperimentRun> others) =>
        ExperimentChecks.Sharing(experiment, others) is { } other ? $"the running experiment \"{other.Experiment.Name}\" has some of its users" : null;

    /// <summary>The roll-out after a look at what else runs.</summary>
    /// <param name="run">The roll-out, which waits.</param>
    /// <param name="others">All other experiments.</param>
    /// <param name="models">The state of the model registry.</param>
    /// <param name="time">The time now.</param>
    public static ExperimentRun Next(ExperimentRun run, IEnumerable<ExperimentRun> others, ModelView models, DateTimeOffset time)
    {
        string version = run.Experiment.Arms[0].Version!;
        if (models.Refused.TryGetValue(version, out string? refusal))
        {
            return ExperimentTransition.End(run, ExperimentStatus.RolledBack, $"version {version} cannot serve: {refusal}", time);
        }

        if (models.Active == version)
        {
            return ExperimentTransition.End(run, ExperimentStatus.Stopped, $"version {version} became the active one before the roll-out began", time);
        }

        return Reason(run.Experiment, others) is { } reason
            ? run with { Reason = reason }
            : run with { Status = ExperimentStatus.Running, StartedAt = time, StageSince = time, Reason = null, ChampionVersion = models.Active };
    }
}
