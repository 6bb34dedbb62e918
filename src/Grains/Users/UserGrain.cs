using DinOrleans.Contracts.Users;
using DinOrleans.Contracts.Validation;
using DinOrleans.Grains.Shop;
using DinOrleans.Model.Schema;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Impressions;
using DinOrleans.Storage.Profiles;
using Orleans.Concurrency;

namespace DinOrleans.Grains.Users;

/// <inheritdoc cref="IUserGrain"/>
/// <remarks>Reentrant, so that a ranking does not wait for an append's commit. The log is the truth; the history here follows it.</remarks>
[Reentrant]
public sealed class UserGrain(
    IBehaviourLog log, IProfileStore profiles, IImpressionLog impressions, UserRanker ranker, RankingLog rankings, ShopSchema shop, IdleUsers idle, TimeProvider time)
    : Grain, IUserGrain
{
    private UserState _user = null!;
    private int _commits;
    private bool _isStale;

    private string UserId => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        UserRules.CheckId(UserId).ThrowIfAny();
        _user = new UserState(UserId, shop.Features);
        Task<UserProfile?> profile = profiles.GetAsync(UserId, cancellationToken);
        await ReloadAsync(cancellationToken);
        _user.Profile = (await profile)?.Features ?? _user.Profile;
    }

    /// <inheritdoc/>
    public async Task<Ranking> RankAsync(RankQuery query, CancellationToken cancellationToken)
    {
        RankRules.Check(query, shop.Input).ThrowIfAny();
        if (_isStale)
        {
            await ReloadAsync(cancellationToken);
        }

        Ranking ranking = await ranker.RankAsync(_user, query, cancellationToken);
        rankings.Add(UserId, query, ranking);
        StayIfKnown();
        return ranking;
    }

    /// <inheritdoc/>
    public async Task<AppendResult> AppendAsync(IReadOnlyList<BehaviourEvent> events, CancellationToken cancellationToken)
    {
        EventRules.CheckOfUser(events, UserId, shop.Input, time).ThrowIfAny();
        AppendResult result;
        try
        {
            result = await log.AppendAsync(events, cancellationToken);
        }
        catch
        {
            // The commit may have happened and only its answer been lost: the next ranking asks the log.
            _isStale = true;
            throw;
        }

        _commits++;
        if (result.Duplicates == 0)
        {
            foreach (BehaviourEvent behaviour in events)
            {
                _user.Histories.Add(behaviour);
            }
        }
        else if (result.Accepted > 0)
        {
            await ReloadAsync(cancellationToken);
        }

        StayIfKnown();
        return result;
    }

    /// <inheritdoc/>
    public async Task PutProfileAsync(UserProfile profile, CancellationToken cancellationToken)
    {
        UserRules.CheckProfile(profile, shop.Input).ThrowIfAny();
        await profiles.PutAsync([new(UserId, profile)], cancellationToken);
        _user.Profile = profile.Features;
        StayIfKnown();
    }

    /// <inheritdoc/>
    public async Task<UserSnapshot> GetAsync(CancellationToken cancellationToken) => new(
        UserId,
        new UserProfile(_user.Profile),
        await log.ReadRecentAsync(UserId, types: null, int.MaxValue, cancellationToken),
        await impressions.ReadRecentAsync(UserId, int.MaxValue, cancellationToken));

    /// <inheritdoc/>
    public async Task EraseAsync(CancellationToken cancellationToken)
    {
        _isStale = true;
        await log.EraseUserAsync(UserId, cancellationToken);
        await impressions.EraseUserAsync(UserId, cancellationToken);
        await profiles.DeleteAsync(UserId, cancellationToken);
        _user.Profile = Contracts.EmptyFeatures.Instance;
        _commits++;
        await ReloadAsync(cancellationToken);
    }

    /// <summary>A user of whom nothing is held leaves memory sooner: anybody can make up ids.</summary>
    private void StayIfKnown()
    {
        if (_user.IsKnown)
        {
            DelayDeactivation(idle.KnownLeaveAfter);
        }
    }

    private async Task ReloadAsync(CancellationToken cancellationToken)
    {
        int commits;
        do
        {
            // An append that commits during the read may be missing from it: read again.
            commits = _commits;
            List<IReadOnlyList<BehaviourEvent>> recent = [];
            foreach (BehaviourSequence sequence in _user.Histories.Sequences)
            {
                recent.Add(await log.ReadRecentAsync(UserId, sequence.Events, sequence.MaxLength, cancellationToken));
            }

            _user.Histories.Replace(recent);
        }
        while (commits != _commits);

        _isStale = false;
    }
}
