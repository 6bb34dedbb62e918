using DinOrleans.Contracts.Experiments;
using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Shop;
using DinOrleans.Model.Schema;
using DinOrleans.Storage;
using DinOrleans.Storage.Impressions;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Grains.Experiments;

/// <summary>
/// Joins positive events with the rankings that they follow: the ranking that an event names, or the latest that showed its item within the
/// attribution window. What the grain does not remember is looked up in the ranking log, so that a restart loses nothing.
/// </summary>
public sealed partial class EventAttribution(
    ExperimentDesk desk, RankingMeasures measures, IImpressionLog log, ShopSchema shop, TimeProvider time, ILogger<EventAttribution> logger)
{
    /// <summary>How many rankings of a user are read back after a restart.</summary>
    private const int Recovered = 64;

    private readonly RepeatedFailures _failures = new(time);

    /// <summary>Counts the positives among events that were accepted. Never throws: what cannot be joined is left out and logged.</summary>
    internal async Task AttributeAsync(string userId, RecentRankings recent, IReadOnlyList<BehaviourEvent> events)
    {
        if (desk.Running.Count == 0 && recent.IsEmpty)
        {
            return;
        }

        try
        {
            foreach (BehaviourEvent behaviour in events)
            {
                string[] tasks = [.. shop.Features.Tasks.Where(t => IsPositive(t, behaviour)).Select(t => t.Name)];
                if (tasks.Length == 0 || await FindAsync(userId, recent, behaviour) is not { } ranking || !ranking.IsFollowedBy(behaviour.Timestamp))
                {
                    continue;
                }

                int place = ranking.Place(behaviour.ItemId);
                foreach (string task in place < 0 ? [] : tasks)
                {
                    measures.Positive(userId, ranking, place, task);
                }
            }
        }
        catch (Exception e)
        {
            // The events are stored: only what an experiment counts is short of them.
            if (_failures.ShouldLog(out int unlogged))
            {
                LogNotAttributed(e, unlogged);
            }
        }
    }

    private TimeSpan LongestWindow => desk.Running.Max(r => r.Experiment.AttributionWindow);

    private static bool IsPositive(RankingTask task, BehaviourEvent behaviour) => task.PositiveEvents.Contains(behaviour.Type);

    private async Task<MeasuredRanking?> FindAsync(string userId, RecentRankings recent, BehaviourEvent behaviour)
    {
        if (behaviour.RankingId is { } id)
        {
            return recent.Find(id) ?? (desk.Running.Count > 0 ? await FindLoggedAsync(userId, recent, id, behaviour.Timestamp - LongestWindow) : null);
        }

        if (!recent.IsComplete && desk.Running.Count > 0)
        {
            recent.IsComplete = true;
            var since = new LogPlace((time.GetUtcNow() - LongestWindow).UtcTicks, 0);
            foreach (Placed<LoggedRanking> logged in await log.ReadAfterAsync(userId, since, Recovered, CancellationToken.None))
            {
                if (recent.Find(logged.Row.RankingId) is null)
                {
                    Remember(recent, logged.Row);
                }
            }
        }

        return recent.FindShown(behaviour.ItemId, behaviour.Timestamp);
    }

    private async Task<MeasuredRanking?> FindLoggedAsync(string userId, RecentRankings recent, string rankingId, DateTimeOffset since) =>
        await log.FindAsync(userId, rankingId, since, CancellationToken.None) is { } logged ? Remember(recent, logged) : null;

    /// <summary>Remembers a logged ranking of a running experiment; null where it is of none.</summary>
    private MeasuredRanking? Remember(RecentRankings recent, LoggedRanking logged)
    {
        ExperimentRun? run = desk.Running.FirstOrDefault(r => r.Experiment.Name == logged.Experiment && r.StartedAt <= logged.Timestamp);
        if (run is null || logged.Arm is null)
        {
            return null;
        }

        int stage = logged.Timestamp >= run.StageSince ? run.Stage : Math.Max(0, run.Stage - 1);
        var ranking = new MeasuredRanking(
            logged.RankingId, logged.Timestamp, new UserArm(run, stage, logged.Arm), [.. logged.Items.Select(i => i.ItemId)], default, []);
        recent.Add(ranking);
        return ranking;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events could not be joined with the rankings of an experiment. {Unlogged} more failures since the last one logged")]
    private partial void LogNotAttributed(Exception error, int unlogged);
}
