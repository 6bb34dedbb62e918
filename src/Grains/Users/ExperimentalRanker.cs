using DinOrleans.Contracts;
using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Experiments;
using DinOrleans.Grains.Telemetry;

namespace DinOrleans.Grains.Users;

/// <summary>Ranks for users as the running experiments say, and counts what they measure.</summary>
public sealed class ExperimentalRanker(
    UserRanker ranker,
    ShadowRanker shadows,
    ExperimentDesk desk,
    RankingMeasures measures,
    EventAttribution attribution,
    GrainsInstruments instruments,
    TimeProvider time)
{
    /// <summary>Ranks candidates with the arm that the user is in.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="user">The histories and the profile of the user.</param>
    /// <param name="query">The query with the candidates to rank.</param>
    /// <param name="recent">Remembers the ranking where an experiment measures it.</param>
    /// <param name="keepsUnshown">True to keep the candidates that are not in the answer.</param>
    /// <param name="cancellationToken">Abandons the ranking.</param>
    internal async Task<RankOutcome> RankAsync(
        string userId, UserState user, RankQuery query, RecentRankings recent, bool keepsUnshown, CancellationToken cancellationToken)
    {
        if (query.Override is { } reference)
        {
            RankOutcome looked = await ranker.RankAsync(user, query, desk.Find(reference), keepsUnshown: false, cancellationToken);
            instruments.Ranked(looked.Ranking, overridden: true);
            return looked with { IsMeasured = false };
        }

        UserArm? arm = desk.Answering(userId);
        RankOutcome outcome;
        try
        {
            outcome = await ranker.RankAsync(user, query, arm, keepsUnshown, cancellationToken);
        }
        catch (Exception e) when (arm is not null && IsFault(e))
        {
            measures.Failed(userId, arm);
            throw;
        }

        instruments.Ranked(outcome.Ranking, overridden: false);
        if (outcome.Arm is { } answered)
        {
            recent.Add(measures.Answered(userId, answered, outcome.Ranking, time.GetUtcNow()));
        }
        else if (arm is null && outcome.Ranking.ModelVersion is { } version && desk.Baseline(userId, version) is { } baseline)
        {
            recent.Add(measures.Answered(userId, baseline, outcome.Ranking, time.GetUtcNow()));
        }

        shadows.Start(userId, user, query, outcome.Ranking);
        return outcome;
    }

    /// <summary>Counts the positives among events of a user that were accepted. Returns at once.</summary>
    internal void Follow(string userId, RecentRankings recent, IReadOnlyList<BehaviourEvent> events) => _ = attribution.AttributeAsync(userId, recent, events);

    /// <summary>False for what the load or the caller did, which says nothing of the arm.</summary>
    private static bool IsFault(Exception error) =>
        error is not (OverloadedException or OperationCanceledException or InvalidInputException);
}
