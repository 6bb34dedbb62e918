using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Experiments;

namespace DinOrleans.Gateway.Experiments;

/// <summary>All experiments, newest first.</summary>
/// <param name="Experiments">The experiments.</param>
internal sealed record ExperimentsResponse(IReadOnlyList<ExperimentResponse> Experiments);

/// <summary>An experiment, how far it is and what was measured.</summary>
internal sealed record ExperimentResponse
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>"shadow", "canary" or "split".</summary>
    [AllowedValues("shadow", "canary", "split")]
    public required string Mode { get; init; }

    /// <summary>"waiting", "running", "promoting", "promoted", "rolledBack" or "stopped".</summary>
    [AllowedValues("waiting", "running", "promoting", "promoted", "rolledBack", "stopped")]
    public required string Status { get; init; }

    /// <summary>Why it ended, takes over or waits. Left out while it runs.</summary>
    public string? Reason { get; init; }

    /// <summary>The arm that takes or took over. Left out where none does.</summary>
    public string? Winner { get; init; }

    /// <summary>When it was started, or asked for if it waits.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended. Left out while it has not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The version that it compares with.</summary>
    public string? ChampionVersion { get; init; }

    /// <summary>The number of the stage, from 0, and what arms do in it.</summary>
    public required StageResponse Stage { get; init; }

    /// <summary>For a canary: the percentages of its users that the arm answers, stage by stage. It is empty for other modes.</summary>
    public required IReadOnlyList<double> Ramp { get; init; }

    /// <summary>What sends all users back to the active version.</summary>
    public required IReadOnlyList<GuardResponse> Guards { get; init; }

    /// <summary>Why the split of the users is not as asked for. Left out where nothing is wrong with it.</summary>
    public string? SplitAlarm { get; init; }

    /// <summary>The champion and each arm with what was measured.</summary>
    public required IReadOnlyList<ArmResponse> Arms { get; init; }

    public static ExperimentResponse From(ExperimentReport report)
    {
        ExperimentRun run = report.Run;
        return new ExperimentResponse
        {
            Name = run.Experiment.Name,
            Mode = JsonNamingPolicy.CamelCase.ConvertName(run.Experiment.Mode.ToString()),
            Status = JsonNamingPolicy.CamelCase.ConvertName(run.Status.ToString()),
            Reason = PublicText.Clean(run.Reason),
            Winner = run.Winner,
            StartedAt = run.StartedAt,
            EndedAt = run.EndedAt,
            ChampionVersion = run.ChampionVersion,
            Stage = new(run.Stage, run.CurrentStage.IsShadow, run.CurrentStage.Percent, run.StageSince),
            Ramp = run.Experiment.Ramp,
            Guards = [.. run.Experiment.Guards.Select(g => new GuardResponse(JsonNamingPolicy.CamelCase.ConvertName(g.Measure.ToString()), g.Limit, g.MinimumRankings))],
            SplitAlarm = report.SplitAlarm,
            Arms = [.. report.Arms.Select(a => ArmResponse.From(a, run))],
        };
    }
}

/// <summary>A guard.</summary>
/// <param name="Measure">"ctr", "logLoss", "calibration", "latency" or "errors".</param>
/// <param name="Limit">The limit: a relative drop, a relative rise, a factor, a factor or a difference.</param>
/// <param name="MinimumRankings">The fewest rankings of arm and champion before it decides.</param>
internal sealed record GuardResponse(string Measure, double Limit, long MinimumRankings);

/// <summary>A stage.</summary>
/// <param name="Number">Its number, from 0.</param>
/// <param name="Shadow">True where arms score in the background and never answer.</param>
/// <param name="Percent">The percentage of each arm's share that it has in this stage.</param>
/// <param name="Since">When it began.</param>
internal sealed record StageResponse(int Number, bool Shadow, double Percent, DateTimeOffset Since);

/// <summary>An arm with what was measured. What has no data is left out.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Version">The version that scores. Left out for the active one.</param>
/// <param name="Share">The share of the users in this stage, 0 to 1. Left out unless the experiment runs.</param>
/// <param name="Users">How many users, estimated.</param>
/// <param name="Rankings">How many rankings.</param>
/// <param name="Errors">How many of them failed.</param>
/// <param name="Shown">How many items were shown.</param>
/// <param name="LatencyP50">The median time of a ranking in milliseconds.</param>
/// <param name="LatencyP99">The 99th percentile of the time of a ranking in milliseconds.</param>
/// <param name="Tasks">What followed, per task.</param>
/// <param name="ShadowComparison">How a shadow compares with what was answered.</param>
internal sealed record ArmResponse(
    string Arm,
    string? Version,
    double? Share,
    long Users,
    long Rankings,
    long Errors,
    long Shown,
    double? LatencyP50,
    double? LatencyP99,
    IReadOnlyList<TaskReport> Tasks,
    ShadowReport? ShadowComparison)
{
    public static ArmResponse From(ArmReport arm, ExperimentRun run) => new(
        arm.Arm,
        arm.Version,
        run.IsRunning ? UserAssignment.Share(run, arm.Arm) : null,
        arm.Users,
        arm.Rankings,
        arm.Errors,
        arm.Shown,
        arm.LatencyP50,
        arm.LatencyP99,
        arm.Tasks,
        arm.Shadow);
}
