namespace DinOrleans.Client;

/// <summary>
/// The REST API of a DinOrleans server. Every call throws <see cref="DinOrleansException"/> where the server refuses it or does not answer.
/// </summary>
public interface IDinOrleansClient
{
    /// <summary>The catalogue. The calls need the scope <c>catalogue</c>.</summary>
    IItems Items { get; }

    /// <summary>What is held about users.</summary>
    IUsers Users { get; }

    /// <summary>The model versions. The calls need the scope <c>models</c>.</summary>
    IModels Models { get; }

    /// <summary>The trainings. The calls need the scope <c>training</c>.</summary>
    ITrainings Trainings { get; }

    /// <summary>The experiments. The calls need the scope <c>experiments</c>.</summary>
    IExperiments Experiments { get; }

    /// <summary>The API keys. The calls need the scope <c>admin</c>.</summary>
    IApiKeys Keys { get; }

    /// <summary>The state of the server and of its cluster.</summary>
    IServer Server { get; }

    /// <summary>Ranks candidates for a user. Needs the scope <c>rank</c>.</summary>
    Task<Ranking> RankAsync(RankRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Appends events of any users, and returns after they are on disk. Needs the scope <c>events</c>. An event id is applied once per user, so that
    /// the call may be repeated with the same events.
    /// </summary>
    /// <param name="events">The events, in requests of 1,000 each. If any event of a request breaks a rule, none of that request is applied.</param>
    /// <param name="cancellationToken">Ends the call. Some events may have been applied.</param>
    Task<AppendedEvents> AppendEventsAsync(IReadOnlyCollection<BehaviourEvent> events, CancellationToken cancellationToken = default);
}
