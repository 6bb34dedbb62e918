using DinOrleans.Contracts.Validation;

namespace DinOrleans.Contracts.Experiments;

/// <summary>The rules that an experiment keeps by itself, whatever else runs.</summary>
public static class ExperimentRules
{
    /// <summary>How many arms a split may have. A batch holds one version, so many arms make batches small.</summary>
    public const int MostArms = 8;

    /// <summary>How many stages a canary may have.</summary>
    public const int MostStages = 20;

    /// <summary>The longest <see cref="Experiment.StageTime"/>, in seconds: 30 days.</summary>
    public const double LongestStageSeconds = 30 * 86_400;

    /// <summary>The longest <see cref="Experiment.AttributionWindow"/>, in seconds: 7 days.</summary>
    public const double LongestWindowSeconds = 7 * 86_400;

    private const int NameLength = 64;
    private static readonly TimeSpan LongestStage = TimeSpan.FromSeconds(LongestStageSeconds);
    private static readonly TimeSpan LongestWindow = TimeSpan.FromSeconds(LongestWindowSeconds);

    /// <summary>Every broken rule; empty where the experiment is valid.</summary>
    public static Violations Check(Experiment experiment)
    {
        var violations = default(Violations);
        if (!IsName(experiment.Name))
        {
            violations.Add("name", NameRule);
        }

        if (!Enum.IsDefined(experiment.Mode))
        {
            violations.Add("mode", "must be shadow, canary or split");
        }

        CheckArms(experiment, ref violations);
        CheckRamp(experiment, ref violations);
        UserRange users = experiment.Users;
        if (users is null || !(users.From >= 0 && users.From < users.To && users.To <= 100))
        {
            violations.Add("users", "must be a range with 0 <= from < to <= 100, in percent");
        }

        if (experiment.StageTime < TimeSpan.Zero || experiment.StageTime > LongestStage)
        {
            violations.Add("stageTime", $"must be 0 to {LongestStage.TotalDays:N0} days");
        }

        if (experiment.StageRankings < 1)
        {
            violations.Add("stageRankings", "must be at least 1");
        }

        if (experiment.AttributionWindow < TimeSpan.FromSeconds(1) || experiment.AttributionWindow > LongestWindow)
        {
            violations.Add("attributionWindow", $"must be 1 second to {LongestWindow.TotalDays:N0} days");
        }

        if (experiment.Promotes && experiment.Mode != ExperimentMode.Canary)
        {
            violations.Add("promotes", "must be false unless the mode is canary");
        }

        CheckGuards(experiment, ref violations);
        return violations;
    }

    private static string NameRule => $"must be 1 to {NameLength} lower-case letters, digits, dots and hyphens, and begin with a letter or digit";

    private static bool IsName(string? name) =>
        name is { Length: > 0 and <= NameLength } && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-');

    private static void CheckArms(Experiment experiment, ref Violations violations)
    {
        IReadOnlyList<ExperimentArm> arms = experiment.Arms ?? [];
        if (arms.Count == 0 || arms.Count > (experiment.Mode == ExperimentMode.Split ? MostArms : 1))
        {
            violations.Add("arms", experiment.Mode == ExperimentMode.Split ? $"must be 1 to {MostArms}" : "must be exactly one");
        }

        HashSet<string> names = [];
        for (int i = 0; i < arms.Count; i++)
        {
            ExperimentArm arm = arms[i];
            string path = $"arms[{i}]";
            if (!IsName(arm.Name) || arm.Name == ExperimentArm.Champion)
            {
                violations.Add($"{path}.name", $"{NameRule}, and must not be \"{ExperimentArm.Champion}\"");
            }
            else if (!names.Add(arm.Name))
            {
                violations.Add($"{path}.name", "must not repeat that of another arm");
            }

            if (arm.Version is { } version && InputRules.CheckId(version) is { } rule)
            {
                violations.Add($"{path}.version", rule);
            }
            else if (arm.Version is null && experiment.Mode != ExperimentMode.Split)
            {
                violations.Add($"{path}.version", "must be given unless the mode is split");
            }

            CheckShare(experiment, arm, path, ref violations);
            if (arm.Temperature is { } temperature && !(temperature > 0 && temperature <= 100))
            {
                violations.Add($"{path}.temperature", "must be above 0 and at most 100");
            }
        }

        if (arms.Sum(a => a.Share ?? 0) > 100)
        {
            violations.Add("arms", "must have shares that sum to at most 100");
        }
    }

    private static void CheckShare(Experiment experiment, ExperimentArm arm, string path, ref Violations violations)
    {
        if (experiment.Mode == ExperimentMode.Canary)
        {
            if (arm.Share is not null)
            {
                violations.Add($"{path}.share", "must not be given for a canary, whose ramp says it");
            }
        }
        else if (arm.Share is not (> 0 and <= 100))
        {
            violations.Add($"{path}.share", "must be above 0 and at most 100, in percent");
        }
    }

    private static void CheckRamp(Experiment experiment, ref Violations violations)
    {
        IReadOnlyList<double> ramp = experiment.Ramp ?? [];
        if (experiment.Mode != ExperimentMode.Canary)
        {
            if (ramp.Count > 0 || experiment.ShadowFirst)
            {
                violations.Add(ramp.Count > 0 ? "ramp" : "shadowFirst", "must not be given unless the mode is canary");
            }

            return;
        }

        if (ramp.Count is 0 or > MostStages)
        {
            violations.Add("ramp", $"must have 1 to {MostStages} percentages");
        }

        for (int i = 0; i < ramp.Count; i++)
        {
            if (!(ramp[i] > (i == 0 ? 0 : ramp[i - 1]) && ramp[i] <= 100))
            {
                violations.Add($"ramp[{i}]", "must be above the percentage before it and at most 100");
            }
        }
    }

    private static void CheckGuards(Experiment experiment, ref Violations violations)
    {
        IReadOnlyList<ExperimentGuard> guards = experiment.Guards ?? [];
        for (int i = 0; i < guards.Count; i++)
        {
            ExperimentGuard guard = guards[i];
            (double least, double most) = Limits(guard.Measure);
            if (!Enum.IsDefined(guard.Measure))
            {
                violations.Add($"guards[{i}].measure", "must be ctr, logLoss, calibration, latency or errors");
            }
            else if (!(guard.Limit >= least && guard.Limit <= most))
            {
                violations.Add($"guards[{i}].limit", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"must be {least} to {most}"));
            }

            if (guard.MinimumRankings < 1)
            {
                violations.Add($"guards[{i}].minimumRankings", "must be at least 1");
            }

            if (guards.Take(i).Any(g => g.Measure == guard.Measure))
            {
                violations.Add($"guards[{i}].measure", "must not repeat that of another guard");
            }
        }
    }

    private static (double Least, double Most) Limits(GuardMeasure measure) => measure switch
    {
        GuardMeasure.Ctr or GuardMeasure.Errors => (0, 1),
        GuardMeasure.LogLoss => (0, 10),
        GuardMeasure.Calibration => (1.01, 100),
        _ => (1, 100),
    };
}
