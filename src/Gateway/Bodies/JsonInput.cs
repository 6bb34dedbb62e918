using DinOrleans.Gateway.Problems;

namespace DinOrleans.Gateway.Bodies;

/// <summary>The kind of work that a request asks for. Each kind is admitted by a bound of its own.</summary>
internal enum Work
{
    /// <summary>A ranking, bounded by <see cref="GatewayOptions.MaxConcurrentRankings"/>.</summary>
    Ranking,

    /// <summary>A write, bounded by <see cref="GatewayOptions.MaxWriteBytesInHand"/>.</summary>
    Write,
}

/// <summary>
/// Marks an endpoint whose requests change something or ask for work, and must be sent as JSON. A web page of another site can send such a
/// request only if this server allows it, which it does not.
/// </summary>
/// <param name="Work">The work that the body asks for; null for requests without a body, whose body is not read.</param>
internal sealed record JsonInput(Work? Work);

/// <summary>Marks endpoints that take JSON.</summary>
internal static class JsonInputExtensions
{
    /// <summary>Makes the endpoint take a JSON body.</summary>
    public static RouteHandlerBuilder TakesJson<TRequest>(this RouteHandlerBuilder endpoint, Work work)
        where TRequest : notnull => endpoint
        .Accepts<TRequest>("application/json")
        .WithMetadata(new JsonInput(work))
        .Fails(StatusCodes.Status408RequestTimeout)
        .Fails(StatusCodes.Status413PayloadTooLarge)
        .Fails(StatusCodes.Status415UnsupportedMediaType);

    /// <summary>Makes the endpoint, which changes something but takes no body, require JSON as the content type of the request.</summary>
    public static RouteHandlerBuilder TakesJsonHeader(this RouteHandlerBuilder endpoint) => endpoint
        .WithMetadata(new JsonInput(Work: null))
        .Fails(StatusCodes.Status415UnsupportedMediaType);
}
