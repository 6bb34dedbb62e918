namespace DinOrleans.Gateway.Problems;

/// <summary>Tells the OpenAPI document which errors an endpoint answers.</summary>
internal static class ProblemMetadata
{
    public static RouteGroupBuilder WithProblems(this RouteGroupBuilder group) => group
        .Fails(StatusCodes.Status400BadRequest)
        .Fails(StatusCodes.Status429TooManyRequests)
        .Fails(StatusCodes.Status503ServiceUnavailable);

    public static TBuilder Fails<TBuilder>(this TBuilder builder, int status)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Problem), ["application/problem+json"]));
}
