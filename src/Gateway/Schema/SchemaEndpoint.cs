using DinOrleans.Contracts.Schema;
using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Json;

namespace DinOrleans.Gateway.Schema;

/// <summary><c>GET /v1/schema</c>.</summary>
internal static class SchemaEndpoint
{
    public static void MapSchema(this IEndpointRouteBuilder v1, InputSchemaCache schemas) => v1
        .MapGet("/schema", (Delegate)(async (HttpContext http) => new JsonAnswer<InputSchema>(await schemas.GetAsync(http.RequestAborted))))
        .NeedsAnyKey()
        .WithTags("Schema")
        .WithName("getSchema")
        .WithSummary("Return the schema of inputs")
        .WithDescription("The answer has the event types and features that requests may name.");
}
