using DinOrleans.Gateway.Admission;
using DinOrleans.Gateway.Problems;

namespace DinOrleans.Gateway.Bodies;

/// <summary>Marks endpoints that take JSON.</summary>
internal static class JsonInputExtensions
{
    /// <summary>Makes the endpoint take a JSON body.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="work">The work that the body asks for.</param>
    /// <param name="otherTypes">Other types of a body that the endpoint reads itself.</param>
    public static RouteHandlerBuilder TakesJson<TRequest>(this RouteHandlerBuilder endpoint, Work work, params string[] otherTypes)
        where TRequest : notnull => endpoint
        .Accepts<TRequest>("application/json", otherTypes)
        .WithMetadata(new JsonInput(work))
        .Fails(StatusCodes.Status408RequestTimeout)
        .Fails(StatusCodes.Status413PayloadTooLarge)
        .Fails(StatusCodes.Status415UnsupportedMediaType);

    /// <summary>Makes the endpoint, which changes something but takes no body, require JSON as the content type of the request.</summary>
    public static RouteHandlerBuilder TakesJsonHeader(this RouteHandlerBuilder endpoint) => endpoint
        .WithMetadata(new JsonInput(Work: null))
        .Fails(StatusCodes.Status415UnsupportedMediaType);
}
