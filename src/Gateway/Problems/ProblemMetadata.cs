namespace DinOrleans.Gateway.Problems;

/// <summary>Tells the OpenAPI document which errors an endpoint can answer.</summary>
internal static class ProblemMetadata
{
    /// <summary>Adds the errors of every endpoint of a group.</summary>
    public static RouteGroupBuilder WithProblems(this RouteGroupBuilder group) => group
        .Fails(StatusCodes.Status400BadRequest)
        .Fails(StatusCodes.Status401Unauthorized)
        .Fails(StatusCodes.Status403Forbidden)
        .Fails(StatusCodes.Status429TooManyRequests)
        .Fails(StatusCodes.Status503ServiceUnavailable);

    /// <summary>Adds an error with problem details as its body.</summary>
    public static TBuilder Fails<TBuilder>(this TBuilder builder, int status)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Problem), ["application/problem+json"]));
}
