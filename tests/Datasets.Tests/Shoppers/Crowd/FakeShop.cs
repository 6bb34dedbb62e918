using System.Collections.Concurrent;
using System.Globalization;
using DinOrleans.Contracts.Users;
using DinOrleans.Datasets.Shoppers;

namespace DinOrleans.Datasets.Tests.Shoppers.Crowd;

/// <summary>A shop in this process that ranks by a rule and keeps what it was sent. Its answers depend on the query alone.</summary>
/// <param name="rank">Orders the candidates of a query.</param>
internal sealed class FakeShop(Func<ShopQuery, IEnumerable<string>> rank) : IShop
{
    private readonly ConcurrentDictionary<string, List<BehaviourEvent>> _events = new();
    private readonly ConcurrentDictionary<string, int> _rankings = new();

    /// <summary>Answers as they come by, before they are returned.</summary>
    public Func<ShownRanking, ShownRanking> Answer { get; init; } = ranking => ranking;

    /// <summary>Awaited in each call, to let calls end in another order than they began.</summary>
    public Func<Task> Pause { get; init; } = () => Task.CompletedTask;

    /// <summary>What the shop knows of each user; null where it does not tell.</summary>
    public Func<string, IReadOnlyList<BehaviourEvent>?> Known { get; init; } = _ => null;

    /// <summary>What was sent of each user, in order.</summary>
    public IReadOnlyDictionary<string, List<BehaviourEvent>> Events => _events;

    public Task<IReadOnlyList<BehaviourEvent>?> ReadEventsAsync(string userId, CancellationToken cancellationToken) => Task.FromResult(Known(userId));

    public async Task<ShownRanking> RankAsync(ShopQuery query, CancellationToken cancellationToken)
    {
        await Pause();
        int number = _rankings.AddOrUpdate(query.UserId, 1, (_, n) => n + 1);
        string rankingId = string.Create(CultureInfo.InvariantCulture, $"{query.UserId}-{number}");
        return Answer(new(rankingId, [.. rank(query).Take(query.Limit)], "model") { Version = "v1" });
    }

    public async Task AppendAsync(IReadOnlyList<BehaviourEvent> events, CancellationToken cancellationToken)
    {
        await Pause();
        _events.GetOrAdd(events[0].UserId, _ => []).AddRange(events);
    }
}
