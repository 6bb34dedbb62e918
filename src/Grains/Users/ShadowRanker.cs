using DinOrleans.Contracts;
using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Experiments;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DinOrleans.Grains.Users;

/// <summary>
/// Scores answered rankings again with the version of a shadow, in the background, and counts how the two compare. Nobody waits for it, and it is the
/// first to be left out under load.
/// </summary>
public sealed partial class ShadowRanker(
    ExperimentDesk desk, RankingMeasures measures, UserRanker ranker, IOptions<ExperimentOptions> options, ILogger<ShadowRanker> logger)
{
    /// <summary>How long a shadow ranking may wait: longer than an interactive one, since nobody waits for it.</summary>
    private static readonly TimeSpan TimeLeft = TimeSpan.FromSeconds(5);

    private readonly int _limit = options.Value.ShadowLimit;
    private int _underWay;

    /// <summary>Starts to score an answered ranking with a shadow's version, if the user takes part in a shadow, and returns at once.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="user">The histories and the profile of the user.</param>
    /// <param name="query">The query that was answered.</param>
    /// <param name="answered">The answer.</param>
    public void Start(string userId, UserState user, RankQuery query, Ranking answered)
    {
        if (answered.Source != RankingSource.Model || answered.Items.Count == 0 || desk.Shadowing(userId) is not { } arm)
        {
            return;
        }

        if (Interlocked.Increment(ref _underWay) > _limit)
        {
            Interlocked.Decrement(ref _underWay);
            measures.ShadowDropped(arm);
            return;
        }

        _ = RankAsync(userId, user, query, answered, arm);
    }

    private async Task RankAsync(string userId, UserState user, RankQuery query, Ranking answered, UserArm arm)
    {
        try
        {
            RankQuery again = query with { Background = true, Explain = false, Limit = null, TimeLeft = TimeLeft };
            RankOutcome outcome = await ranker.RankAsync(user, again, arm, keepsUnshown: false, CancellationToken.None);
            if (outcome.Arm is null)
            {
                // This silo has not loaded the shadow's version yet.
                measures.ShadowDropped(arm);
                return;
            }

            // An item that became unavailable since has no score by the shadow.
            Dictionary<string, float> scores = outcome.Ranking.Items.ToDictionary(i => i.ItemId, i => i.Score);
            RankedItem[] both = [.. answered.Items.Where(i => scores.ContainsKey(i.ItemId))];
            if (both.Length == 0)
            {
                measures.ShadowDropped(arm);
                return;
            }

            measures.Shadowed(
                userId, arm, [.. both.Select(i => i.Score)], [.. both.Select(i => scores[i.ItemId])], outcome.Ranking.TotalMicroseconds);
        }
        catch (Exception e) when (e is OverloadedException or DeadlineExceededException or ModelVersionNotLoadedException)
        {
            measures.ShadowDropped(arm);
        }
        catch (Exception e)
        {
            measures.Failed(userId, arm);
            LogFailed(e, arm.Version!);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The version {Version} failed to score a ranking in the shadow")]
    private partial void LogFailed(Exception error, string version);
}
