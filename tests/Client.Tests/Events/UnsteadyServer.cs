using System.Net;
using DinOrleans.Client.Testing;

namespace DinOrleans.Client.Tests.Events;

/// <summary>A server that can be away, lose its answers, and refuses events of an unknown type.</summary>
internal sealed class UnsteadyServer(InMemoryDinOrleansClient kept) : IDinOrleansClient
{
    public bool IsAway { get; set; }

    /// <summary>The number of times that events were sent.</summary>
    public int Calls { get; private set; }

    /// <summary>The number of answers that are lost after the events were applied.</summary>
    public int LosesAnswers { get; set; }

    public IItems Items => kept.Items;

    public IUsers Users => kept.Users;

    public IModels Models => kept.Models;

    public ITrainings Trainings => kept.Trainings;

    public IExperiments Experiments => kept.Experiments;

    public IApiKeys Keys => kept.Keys;

    public IServer Server => kept.Server;

    public async Task<AppendedEvents> AppendEventsAsync(IReadOnlyCollection<BehaviourEvent> events, CancellationToken cancellationToken = default)
    {
        Calls++;
        if (IsAway)
        {
            throw new DinOrleansException("POST /v1/events: 503 Service Unavailable", HttpStatusCode.ServiceUnavailable);
        }

        List<BrokenRule> broken =
        [
            .. events.Index().Where(e => e.Item.Type != "click").Select(e => new BrokenRule($"events[{e.Index}].type", "must be an event type of the schema")),
        ];
        if (broken.Count > 0)
        {
            throw new DinOrleansException("POST /v1/events: 400 Bad Request", HttpStatusCode.BadRequest, broken);
        }

        AppendedEvents done = await kept.AppendEventsAsync(events, cancellationToken);
        return LosesAnswers-- > 0 ? throw new DinOrleansException("POST /v1/events: The connection was lost.") : done;
    }

    public Task<Ranking> RankAsync(RankRequest request, CancellationToken cancellationToken = default) => kept.RankAsync(request, cancellationToken);
}
