namespace DinOrleans.Client.Testing;

/// <summary>
/// A server in memory for the tests of callers. It ranks candidates by a function, keeps what it is sent, and answers every call. It does not check the rules of
/// the server, and nothing happens by itself: a training waits until a test says what came of it. It is safe for concurrent use.
/// </summary>
public sealed class InMemoryDinOrleansClient : IDinOrleansClient
{
    private readonly Func<string, string, float>? _score;
    private readonly InMemoryEvents _events = new();

    /// <param name="score">The score of an item for a user, 0 to 1; null to keep the order of the candidates.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public InMemoryDinOrleansClient(Func<string, string, float>? score = null, TimeProvider? time = null)
    {
        TimeProvider clock = time ?? TimeProvider.System;
        _score = score;
        Items = new InMemoryItems(_events, clock);
        Users = new InMemoryUsers(_events);
        Models = new InMemoryModels(clock);
        Trainings = new InMemoryTrainings(clock);
        Experiments = new InMemoryExperiments(Models, clock);
        Keys = new InMemoryApiKeys(clock);
        Server = new InMemoryServer(_events, Models, clock);
    }

    /// <summary>The events that were applied, in the order of their arrival.</summary>
    public IReadOnlyList<BehaviourEvent> Events => _events.All;

    /// <summary>The catalogue.</summary>
    public InMemoryItems Items { get; }

    /// <summary>The users.</summary>
    public InMemoryUsers Users { get; }

    /// <summary>The model versions.</summary>
    public InMemoryModels Models { get; }

    /// <summary>The trainings.</summary>
    public InMemoryTrainings Trainings { get; }

    /// <summary>The experiments.</summary>
    public InMemoryExperiments Experiments { get; }

    /// <summary>The API keys.</summary>
    public InMemoryApiKeys Keys { get; }

    /// <summary>The state of the server.</summary>
    public InMemoryServer Server { get; }

    /// <inheritdoc/>
    IItems IDinOrleansClient.Items => Items;

    /// <inheritdoc/>
    IUsers IDinOrleansClient.Users => Users;

    /// <inheritdoc/>
    IModels IDinOrleansClient.Models => Models;

    /// <inheritdoc/>
    ITrainings IDinOrleansClient.Trainings => Trainings;

    /// <inheritdoc/>
    IExperiments IDinOrleansClient.Experiments => Experiments;

    /// <inheritdoc/>
    IApiKeys IDinOrleansClient.Keys => Keys;

    /// <inheritdoc/>
    IServer IDinOrleansClient.Server => Server;

    /// <inheritdoc/>
    public Task<Ranking> RankAsync(RankRequest request, CancellationToken cancellationToken = default)
    {
        int count = request.Candidates.Count;
        string[] unavailable = [.. request.Candidates.Select(c => c.ItemId).Where(Items.IsUnavailable)];
        IEnumerable<RankedItem> ranked = request.Candidates
            .Select((c, i) => new RankedItem
            {
                ItemId = c.ItemId,
                Score = _score?.Invoke(request.UserId, c.ItemId) ?? (float)(count - i) / (count + 1),
                UnknownItem = !Items.All.ContainsKey(c.ItemId),
            })
            .Where(i => !unavailable.Contains(i.ItemId))
            .OrderByDescending(i => i.Score);
        return Task.FromResult(new Ranking
        {
            RankingId = Guid.CreateVersion7().ToString("N"),
            Source = "model",
            Model = new(Models.Active, request.Override?.Arm ?? "champion", request.Override?.Experiment, ScoresAreProbabilities: false),
            HistoryLength = Events.Count(e => e.UserId == request.UserId),
            UnavailableItems = unavailable.Length > 0 ? unavailable : null,
            Items = [.. request.Limit is { } limit ? ranked.Take(limit) : ranked],
        });
    }

    /// <inheritdoc/>
    public Task<AppendedEvents> AppendEventsAsync(IReadOnlyCollection<BehaviourEvent> events, CancellationToken cancellationToken = default)
    {
        int accepted = events.Count(_events.TryAdd);
        return Task.FromResult(new AppendedEvents(accepted, events.Count - accepted, 0));
    }
}
