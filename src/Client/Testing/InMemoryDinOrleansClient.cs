using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace DinOrleans.Client.Testing;

/// <summary>
/// A server in memory for the tests of callers. It ranks candidates by a function, and keeps events, items and profiles. Administration is not there:
/// its calls throw <see cref="NotSupportedException"/>. It is safe for concurrent use.
/// </summary>
/// <param name="score">The score of an item for a user, 0 to 1; null to keep the order of the candidates.</param>
public sealed class InMemoryDinOrleansClient(Func<string, string, float>? score = null) : IDinOrleansClient
{
    private readonly Lock _appending = new();
    private readonly Dictionary<(string User, string Event), BehaviourEvent> _byId = [];
    private readonly List<BehaviourEvent> _events = [];
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> _profiles = new();
    private readonly ConcurrentDictionary<string, CatalogueItem> _items = new();

    /// <summary>The events that were applied, in the order of their arrival.</summary>
    public IReadOnlyList<BehaviourEvent> Events
    {
        get
        {
            lock (_appending)
            {
                return [.. _events];
            }
        }
    }

    /// <summary>The items by their ids.</summary>
    public IReadOnlyDictionary<string, CatalogueItem> Items => _items;

    /// <inheritdoc/>
    public IModels Models => throw NoAdministration();

    /// <inheritdoc/>
    public ITrainings Trainings => throw NoAdministration();

    /// <inheritdoc/>
    public IExperiments Experiments => throw NoAdministration();

    /// <inheritdoc/>
    public IApiKeys Keys => throw NoAdministration();

    /// <inheritdoc/>
    public Task<Ranking> RankAsync(RankRequest request, CancellationToken cancellationToken = default)
    {
        int count = request.Candidates.Count;
        IEnumerable<RankedItem> ranked = request.Candidates
            .Select((c, i) => new RankedItem
            {
                ItemId = c.ItemId,
                Score = score?.Invoke(request.UserId, c.ItemId) ?? (float)(count - i) / (count + 1),
                UnknownItem = !_items.ContainsKey(c.ItemId),
            })
            .OrderByDescending(i => i.Score);
        return Task.FromResult(new Ranking
        {
            RankingId = Guid.CreateVersion7().ToString("N"),
            Source = "model",
            Model = new("in-memory", "champion", null, ScoresAreProbabilities: false),
            HistoryLength = Events.Count(e => e.UserId == request.UserId),
            Items = [.. request.Limit is { } limit ? ranked.Take(limit) : ranked],
        });
    }

    /// <inheritdoc/>
    public Task<AppendedEvents> AppendEventsAsync(IReadOnlyCollection<BehaviourEvent> events, CancellationToken cancellationToken = default)
    {
        int accepted = 0;
        lock (_appending)
        {
            foreach (BehaviourEvent behaviour in events)
            {
                if (_byId.TryAdd((behaviour.UserId, behaviour.EventId), behaviour))
                {
                    _events.Add(behaviour);
                    accepted++;
                }
            }
        }

        return Task.FromResult(new AppendedEvents(accepted, events.Count - accepted, 0));
    }

    /// <inheritdoc/>
    public Task PutItemsAsync(IReadOnlyCollection<CatalogueItem> items, CancellationToken cancellationToken = default)
    {
        foreach (CatalogueItem item in items)
        {
            _items[item.ItemId] = item;
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task PutProfileAsync(string userId, IReadOnlyDictionary<string, string> features, CancellationToken cancellationToken = default)
    {
        _profiles[userId] = features;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<UserPage> ReadUserAsync(
        string userId, int pageSize = 1_000, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        yield return new UserPage
        {
            UserId = userId,
            Features = _profiles.GetValueOrDefault(userId) ?? new Dictionary<string, string>(),
            Behaviours = [.. Events.Where(e => e.UserId == userId).OrderBy(e => e.Timestamp)],
            Rankings = [],
        };
    }

    /// <inheritdoc/>
    public Task EraseUserAsync(string userId, CancellationToken cancellationToken = default)
    {
        _profiles.TryRemove(userId, out _);
        lock (_appending)
        {
            _events.RemoveAll(e => e.UserId == userId);
            foreach ((string User, string Event) id in _byId.Keys.Where(k => k.User == userId).ToList())
            {
                _byId.Remove(id);
            }
        }

        return Task.CompletedTask;
    }

    private static NotSupportedException NoAdministration() => new("The client in memory has no administration.");
}
