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

    /// <exception cref="ConflictException">A running experiment has the name or some of the users.</exception>
    public static void CheckOthers(Experiment experiment, IEnumerable<ExperimentRun> others)
    {
        foreach (ExperimentRun other in others.Where(o => o.IsRunning))
        {
            if (other.Experiment.Name == experiment.Name)
            {
                throw new ConflictException("name", $"must not be that of a running experiment with another content; stop \"{experiment.Name}\" first");
            }

            // A shadow never answers, but each costs every silo a version in memory and a second scoring.
            bool isSameKind = (other.Experiment.Mode == ExperimentMode.Shadow) == (experiment.Mode == ExperimentMode.Shadow);
            if (isSameKind && other.Experiment.Users.Overlaps(experiment.Users))
            {
                throw new ConflictException("users", $"must not overlap those of the running experiment \"{other.Experiment.Name}\"");
            }
        }
    }

    /// <summary>The arm that is to take over.</summary>
    /// <exception cref="ConflictException">The experiment has ended.</exception>
    /// <exception cref="InvalidInputException">There is no such arm, or it has no version of its own.</exception>
    public static ExperimentArm Winner(ExperimentRun run, string? arm)
    {
        if (!run.IsRunning)
        {
            throw new ConflictException("name", $"must be that of a running experiment; \"{run.Experiment.Name}\" has ended");
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
