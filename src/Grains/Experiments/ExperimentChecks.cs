using DinOrleans.Contracts;
using DinOrleans.Contracts.Experiments;
using DinOrleans.Contracts.Models;
using DinOrleans.Contracts.Validation;

namespace DinOrleans.Grains.Experiments;

/// <summary>The rules of an experiment that depend on what else there is.</summary>
internal static class ExperimentChecks
{
    /// <exception cref="InvalidInputException">An arm names a version that is not published or was refused.</exception>
    public static void CheckVersions(Experiment experiment, ModelRegistry models)
    {
        var violations = default(Violations);
        for (int i = 0; i < experiment.Arms.Count; i++)
        {
            if (experiment.Arms[i].Version is not { } version)
            {
                continue;
            }

            ModelVersionInfo? known = models.Versions.FirstOrDefault(v => v.Version == version);
            if (known is null)
            {
                violations.Add($"arms[{i}].version", $"must be a published version; \"{version}\" is not");
            }
            else if (known.RefusedBecause is { } reason)
            {
                violations.Add($"arms[{i}].version", $"must be a version that silos can serve; \"{version}\" was refused: {reason}");
            }
        }

        if (models.Assignment.Active is null)
        {
            violations.Add("mode", "needs an active version to compare with, and there is none yet");
        }

        violations.ThrowIfAny();
    }

    /// <exception cref="InvalidInputException">The experiment has a name that only roll-outs may have.</exception>
    public static void CheckName(Experiment experiment)
    {
        if (RollOuts.IsOne(experiment))
        {
            throw new InvalidInputException([new("name", $"must not begin with \"{RollOuts.Prefix}\", as the names of roll-outs do")]);
        }
    }

    /// <exception cref="ConflictException">A running experiment has the name or some of the users.</exception>
    public static void CheckOthers(Experiment experiment, IEnumerable<ExperimentRun> others)
    {
        ExperimentRun[] running = [.. others.Where(o => o.IsRunning)];
        if (running.Any(o => o.Experiment.Name == experiment.Name))
        {
            throw new ConflictException("name", $"must not be that of a running experiment with another content; stop \"{experiment.Name}\" first");
        }

        if (Sharing(experiment, running) is { } other)
        {
            throw new ConflictException("users", $"must not overlap those of the running experiment \"{other.Experiment.Name}\"");
        }
    }

    /// <summary>A running experiment that has some of the users of an experiment; null where there is none.</summary>
    /// <remarks>A shadow shares users with what answers, but not with another shadow: each costs every silo a version in memory and a second scoring.</remarks>
    public static ExperimentRun? Sharing(Experiment experiment, IEnumerable<ExperimentRun> others) => others.FirstOrDefault(o =>
        o.IsRunning
        && (o.Experiment.Mode == ExperimentMode.Shadow) == (experiment.Mode == ExperimentMode.Shadow)
        && o.Experiment.Users.Overlaps(experiment.Users));

    /// <summary>The arm that is to take over.</summary>
    /// <exception cref="ConflictException">The experiment does not run.</exception>
    /// <exception cref="InvalidInputException">There is no such arm, or it has no version of its own.</exception>
    public static ExperimentArm Winner(ExperimentRun run, string? arm)
    {
        if (!run.IsRunning)
        {
            throw new ConflictException("name", $"must be that of a running experiment; \"{run.Experiment.Name}\" {(run.HasEnded ? "has ended" : "waits")}");
        }

        ExperimentArm[] arms = [.. run.Experiment.Arms.Where(a => arm is null || a.Name == arm)];
        if (arms.Length != 1)
        {
            throw new InvalidInputException([new("arm", arm is null ? "must be given, since the experiment has several" : $"must be an arm of the experiment; \"{arm}\" is not")]);
        }

        return arms[0].Version is not null
            ? arms[0]
            : throw new InvalidInputException([new("arm", $"must be an arm with a version of its own; \"{arms[0].Name}\" has none")]);
    }
}
