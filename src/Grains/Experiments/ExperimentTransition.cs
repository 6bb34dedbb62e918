using DinOrleans.Contracts.Experiments;
using DinOrleans.Contracts.Models;

namespace DinOrleans.Grains.Experiments;

/// <summary>The rules by which an experiment goes on and ends. Pure: what is decided is stored before it is acted on.</summary>
internal static class ExperimentTransition
{
    /// <summary>The experiment after a look at what was measured.</summary>
    /// <param name="run">The experiment.</param>
    /// <param name="counts">The counts of the experiment's arms.</param>
    /// <param name="models">The state of the model registry.</param>
    /// <param name="task">The name of the first task; null before any is known.</param>
    /// <param name="time">The time now.</param>
    public static ExperimentRun Next(ExperimentRun run, StageCounts counts, ModelView models, string? task, DateTimeOffset time)
    {
        if (!run.IsRunning)
        {
            return run;
        }

        if (run.Experiment.Arms.Select(a => a.Version).OfType<string>().FirstOrDefault(models.Refused.ContainsKey) is { } refused)
        {
            return End(run, ExperimentStatus.RolledBack, $"version {refused} cannot serve: {models.Refused[refused]}", time);
        }

        if (run.Status == ExperimentStatus.Promoting)
        {
            return models.Active == Arm(run, run.Winner!).Version
                ? End(run, ExperimentStatus.Promoted, run.Reason!, time)
                : run;
        }

        if (models.Active != run.ChampionVersion)
        {
            return End(run, ExperimentStatus.Stopped, $"the active version became {models.Active}, and the experiment compares with {run.ChampionVersion}", time);
        }

        foreach (ExperimentArm arm in run.Experiment.Arms)
        {
            if (Guards.Breach(run, counts, arm.Name, task) is { } breach)
            {
                return End(run, ExperimentStatus.RolledBack, $"{arm.Name}: {breach}", time);
            }
        }

        return IsStageOver(run, counts, time) ? NextStage(run, time) : run;
    }

    /// <summary>The experiment after an arm was chosen to take over.</summary>
    public static ExperimentRun Promote(ExperimentRun run, string arm, string reason) =>
        run with { Status = ExperimentStatus.Promoting, Winner = arm, Reason = reason };

    /// <summary>The experiment after it was ended.</summary>
    public static ExperimentRun End(ExperimentRun run, ExperimentStatus status, string reason, DateTimeOffset time) =>
        run with { Status = status, Reason = reason, EndedAt = time, Winner = status == ExperimentStatus.Promoted ? run.Winner : null };

    private static bool IsStageOver(ExperimentRun run, StageCounts counts, DateTimeOffset time) =>
        run.Experiment.Mode == ExperimentMode.Canary
        && time - run.StageSince >= run.Experiment.StageTime
        && run.Experiment.Arms.All(a => counts.Of(run.Stage, a.Name).Rankings >= run.Experiment.StageRankings && CanBeJudged(run, counts, a.Name));

    /// <summary>
    /// True where every guard has enough of both to decide. Otherwise an arm could go on, and take over, only because nobody had looked yet. A shadow,
    /// and an arm that answers all users, have no champion beside them.
    /// </summary>
    private static bool CanBeJudged(ExperimentRun run, StageCounts counts, string arm) =>
        run.CurrentStage is { IsShadow: true } or { Percent: >= 100 }
        || run.Experiment.Guards.All(g => g.MinimumRankings <= Math.Min(counts.Total(arm).Rankings, counts.Total(ExperimentArm.Champion).Rankings));

    private static ExperimentRun NextStage(ExperimentRun run, DateTimeOffset time) =>
        run.Stage + 1 < ExperimentStage.All(run.Experiment).Count ? run with { Stage = run.Stage + 1, StageSince = time }
        : run.Experiment.Promotes ? Promote(run, run.Experiment.Arms[0].Name, "no guard was breached in any stage")
        : run;

    private static ExperimentArm Arm(ExperimentRun run, string name) => run.Experiment.Arms.Single(a => a.Name == name);
}

/// <summary>What an experiment needs to know of the model registry.</summary>
/// <param name="Active">The active version; null before any.</param>
/// <param name="Refused">The versions that a silo or the cluster refused, with the reason.</param>
internal sealed record ModelView(string? Active, IReadOnlyDictionary<string, string> Refused)
{
    /// <summary>Makes the view of what the registry answers.</summary>
    public static ModelView From(ModelRegistry models)
    {
        Dictionary<string, string> refused = [];
        foreach ((string version, string reason) in models.Silos.SelectMany(s => s.Refused)
            .Concat(models.Versions.Where(v => v.RefusedBecause is not null).Select(v => KeyValuePair.Create(v.Version, v.RefusedBecause!))))
        {
            refused.TryAdd(version, reason);
        }

        return new(models.Assignment.Active, refused);
    }
}
