using System.Diagnostics;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Users;
using DinOrleans.Contracts.Validation;
using DinOrleans.Grains.Experiments;
using DinOrleans.Grains.Impressions;
using DinOrleans.Grains.Shop;
using DinOrleans.Grains.Telemetry;
using DinOrleans.Model.Schema;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Features;
using DinOrleans.Storage.Impressions;
using Orleans.Concurrency;

namespace DinOrleans.Grains.Users;

/// <inheritdoc cref="IUserGrain"/>
/// <remarks>
/// The grain is reentrant, so that a ranking does not wait for the commit of an append. The stores are the truth, and the order of their commits
/// decides. What is in memory follows the stores and is read when a call first needs it.
/// </remarks>
[Reentrant]
public sealed class UserGrain : Grain, IUserGrain
{
    private readonly IBehaviourLog _log;
    private readonly IProfileStore _profiles;
    private readonly IImpressionLog _impressions;
    private readonly ExperimentalRanker _experiments;
    private readonly RecentRankings _recent = new();
    private readonly RankingLog _rankings;
    private readonly ShopSchema _shop;
    private readonly IdleUsers _idle;
    private readonly TimeProvider _time;
    private readonly StoreCopy _history;
    private readonly StoreCopy _profile;
    private UserState _user = null!;
    private List<BehaviourEvent>? _appendedMeanwhile;
    private int _erasures;

    public UserGrain(
        IBehaviourLog log,
        IProfileStore profiles,
        IImpressionLog impressions,
        ExperimentalRanker experiments,
        RankingLog rankings,
        ShopSchema shop,
        IdleUsers idle,
        TimeProvider time)
    {
        _log = log;
        _profiles = profiles;
        _impressions = impressions;
        _experiments = experiments;
        _rankings = rankings;
        _shop = shop;
        _idle = idle;
        _time = time;
        _history = new StoreCopy(ReadHistoryAsync);
        _profile = new StoreCopy(ReadProfileAsync);
    }

    private string UserId => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        UserRules.CheckId(UserId).ThrowIfAny();
        _user = new UserState(UserId, _shop.Features);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<Ranking> RankAsync(RankQuery query, CancellationToken cancellationToken)
    {
        RankRules.Check(query, _shop.Input).ThrowIfAny();
        if (!_history.IsCurrent || !_profile.IsCurrent)
        {
            using Activity? span = GrainsActivities.Start(GrainsActivities.ReadName);
            await Task.WhenAll(_history.CatchUpAsync(cancellationToken), _profile.CatchUpAsync(cancellationToken));
        }

        RankOutcome outcome = await _experiments.RankAsync(UserId, _user, query, _recent, _rankings.KeepsUnshown(query), cancellationToken);
        _rankings.Add(UserId, query, outcome);
        if (_user.IsKnown)
        {
            StayAsKnown();
        }

        return outcome.Ranking;
    }

    /// <inheritdoc/>
    public async Task<AppendResult> AppendAsync(IReadOnlyList<BehaviourEvent> events, CancellationToken cancellationToken)
    {
        EventRules.CheckOfUser(events, UserId, _shop.Input, _time).ThrowIfAny();
        int erasures = _erasures;
        AppendResult result;
        try
        {
            result = await _log.AppendAsync(events, cancellationToken);
        }
        catch
        {
            // The commit may have happened and only its answer was lost, so the next ranking reads the log.
            _history.Invalidate();
            throw;
        }

        if (result.Accepted == events.Count && erasures == _erasures)
        {
            Remember(events);
            _experiments.Follow(UserId, _recent, events);
        }
        else if (result.Accepted > 0)
        {
            // Only the log knows which events were accepted, and whether they are from before an erasure.
            _history.Invalidate();
        }

        if (result.Accepted > 0)
        {
            StayAsKnown();
        }

        return result;
    }

    /// <inheritdoc/>
    public async Task PutProfileAsync(UserProfile profile, CancellationToken cancellationToken)
    {
        UserRules.CheckProfile(profile, _shop.Input).ThrowIfAny();
        try
        {
            await _profiles.PutAsync([new(UserId, profile)], cancellationToken);
        }
        finally
        {
            // Also after a success: where several profiles are put at once, the order of the store decides which one stays.
            _profile.Invalidate();
        }

        StayAsKnown();
    }

    /// <inheritdoc/>
    public async Task<UserPage> GetAsync(UserPageQuery query, CancellationToken cancellationToken)
    {
        UserPageRules.Check(query).ThrowIfAny();
        await _profile.CatchUpAsync(cancellationToken);
        return await new UserPages(_log, _impressions).ReadAsync(UserId, new UserProfile(_user.Profile), query, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<UserRecent> GetRecentAsync(int limit, CancellationToken cancellationToken)
    {
        SearchRules.CheckLimit(limit).ThrowIfAny();
        await _profile.CatchUpAsync(cancellationToken);
        IReadOnlyList<BehaviourEvent> behaviours = await _log.ReadRecentAsync(UserId, types: null, limit, cancellationToken);
        return new(UserId, new UserProfile(_user.Profile), [.. behaviours.Reverse()], await _impressions.ReadRecentAsync(UserId, limit, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task EraseAsync(CancellationToken cancellationToken)
    {
        _erasures++;
        try
        {
            await _log.EraseUserAsync(UserId, cancellationToken);
            await _impressions.EraseUserAsync(UserId, cancellationToken);
            await _profiles.DeleteAsync(UserId, cancellationToken);
        }
        finally
        {
            _erasures++;
            _recent.Clear();
            _history.Invalidate();
            _profile.Invalidate();
        }
    }

    /// <summary>Keeps the user in memory for longer than a user of whom nothing is held, because anybody can make up ids.</summary>
    private void StayAsKnown() => DelayDeactivation(_idle.KnownLeaveAfter);

    /// <summary>Adds events that are on disk to the history in memory.</summary>
    private void Remember(IReadOnlyList<BehaviourEvent> events)
    {
        if (_history.IsCurrent)
        {
            foreach (BehaviourEvent behaviour in events)
            {
                _user.Histories.Add(behaviour);
            }
        }
        else
        {
            // A read under way may have begun before the commit of these events. If no read is under way, the next one has them.
            _appendedMeanwhile?.AddRange(events);
        }
    }

    private async Task ReadHistoryAsync()
    {
        _appendedMeanwhile = [];
        try
        {
            List<IReadOnlyList<BehaviourEvent>> recent = [];
            foreach (BehaviourSequence sequence in _user.Histories.Sequences)
            {
                recent.Add(await _log.ReadRecentAsync(UserId, sequence.Events, sequence.MaxLength, CancellationToken.None));
            }

            _user.Histories.Replace(recent);
            foreach (BehaviourEvent behaviour in _appendedMeanwhile)
            {
                _user.Histories.Add(behaviour);
            }
        }
        finally
        {
            _appendedMeanwhile = null;
        }
    }

    private async Task ReadProfileAsync() =>
        _user.Profile = (await _profiles.GetAsync(UserId, CancellationToken.None))?.Features ?? EmptyFeatures.Instance;
}
