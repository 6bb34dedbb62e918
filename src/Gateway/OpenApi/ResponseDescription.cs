using System.Globalization;
using Microsoft.OpenApi;

namespace DinOrleans.Gateway.OpenApi;

/// <summary>Says what each status means, and which headers come with it.</summary>
internal static class ResponseDescription
{
    private static readonly Dictionary<int, string> Texts = new()
    {
        [StatusCodes.Status200OK] = "The request was done.",
        [StatusCodes.Status204NoContent] = "The request was done, and there is nothing to return.",
        [StatusCodes.Status400BadRequest] = "The input breaks rules, which \"errors\" lists. Nothing of it was applied.",
        [StatusCodes.Status401Unauthorized] = "No key or token was sent, or it is unknown, malformed, expired or revoked.",
        [StatusCodes.Status403Forbidden] = "The caller does not have the scope that the detail names, or the token is of another user.",
        [StatusCodes.Status404NotFound] = "There is nothing of this name.",
        [StatusCodes.Status408RequestTimeout] = "The body did not arrive in time.",
        [StatusCodes.Status409Conflict] = "The input is valid, but what is there does not allow it.",
        [StatusCodes.Status413PayloadTooLarge] = "The body is too large.",
        [StatusCodes.Status415UnsupportedMediaType] = "The body is not sent as a type that is taken here, or is encoded in a way that is not known.",
        [StatusCodes.Status429TooManyRequests] = "The server has as much work as it takes, or the caller has sent more requests than it may.",
        [StatusCodes.Status503ServiceUnavailable] = "The cluster or a store cannot answer now.",
        [StatusCodes.Status504GatewayTimeout] = "The deadline of the request has passed.",
    };

    /// <summary>Completes the responses of an operation, and orders them by their status.</summary>
    public static void Describe(OpenApiOperation operation)
    {
        var ordered = new OpenApiResponses();
        foreach ((string status, IOpenApiResponse response) in operation.Responses!.OrderBy(r => r.Key, StringComparer.Ordinal))
        {
            ordered.Add(status, response);
            var described = (OpenApiResponse)response;
            int code = int.Parse(status, CultureInfo.InvariantCulture);
            described.Description = Texts[code];
            if (HeaderOf(code, operation.OperationId) is ({ } name, { } header))
            {
                described.Headers = new Dictionary<string, IOpenApiHeader> { [name] = header };
            }
        }

        operation.Responses = ordered;
    }

    private static (string? Name, OpenApiHeader? Header) HeaderOf(int status, string? operation) => status switch
    {
        StatusCodes.Status401Unauthorized => ("WWW-Authenticate", Text("The scheme \"Bearer\", with the reason where a key or token was sent.")),
        StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable => ("Retry-After", new OpenApiHeader
        {
            Description = "The time in seconds after which the same request may succeed.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1" },
        }),
        StatusCodes.Status200OK when operation == "rank" => ("Server-Timing", Text("How long the ranking and the scoring took, in milliseconds.")),
        _ => (null, null),
    };

    private static OpenApiHeader Text(string description) => new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
}
