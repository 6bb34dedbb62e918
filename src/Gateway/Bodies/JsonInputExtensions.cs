using DinOrleans.Gateway.Admission;
using DinOrleans.Gateway.Problems;

namespace DinOrleans.Gateway.Bodies;

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
