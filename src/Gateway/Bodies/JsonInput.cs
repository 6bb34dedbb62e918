using DinOrleans.Gateway.Problems;

namespace DinOrleans.Gateway.Bodies;

/// <summary>The work that a request becomes once its body is there; each kind is admitted by a bound of its own.</summary>
internal enum Work
{
    /// <summary>A ranking, bounded by <see cref="GatewayOptions.MaxConcurrentRankings"/>.</summary>
    Ranking,

    /// <summary>A write, bounded by <see cref="GatewayOptions.MaxWriteBytesInHand"/>.</summary>
    Write,
}

/// <summary>
/// Endpoint metadata: the request changes something or asks for work and must be sent as JSON. A web page of another site can send such a
/// request only if this server allows it, which it does not.
/// </summary>
/// <param name="Work">What the body becomes; null for a request that is complete without one, which is then not read.</param>
internal sealed record JsonInput(Work? Work);

/// <summary>Marks endpoints that take JSON.</summary>
internal static class JsonInputExtensions
{
    /// <summary>The endpoint takes a JSON body.</summary>
    public static RouteHandlerBuilder TakesJson<TRequest>(this RouteHandlerBuilder endpoint, Work work)
        where TRequest : notnull => endpoint
        .Accepts<TRequest>("application/json")
        .WithMetadata(new JsonInput(work))
        .Fails(StatusCodes.Status408RequestTimeout)
        .Fails(StatusCodes.Status413PayloadTooLarge)
        .Fails(StatusCodes.Status415UnsupportedMediaType);

    /// <summary>The endpoint takes no body, but changes something: the request must name JSON as its content type.</summary>
    public static RouteHandlerBuilder TakesJsonHeader(this RouteHandlerBuilder endpoint) => endpoint
        .WithMetadata(new JsonInput(Work: null))
        .Fails(StatusCodes.Status415UnsupportedMediaType);
}
