using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.OpenApi;

namespace DinOrleans.Gateway.OpenApi;

/// <summary>Gives each operation the requests and answers of the recorded session as examples.</summary>
internal static class ExampleDescription
{
    private const string ContentType = "content-type";

    /// <summary>Adds the examples of an operation.</summary>
    public static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        RecordedSession session = context.ApplicationServices.GetRequiredService<RecordedSession>();
        RecordedExchange[] exchanges = [.. session.Of(operation.OperationId ?? "")];
        foreach (RecordedExchange exchange in exchanges)
        {
            // A request that breaks a rule is an example of what not to send.
            if (IsSuccess(exchange))
            {
                Add(operation.RequestBody?.Content, exchange.Request.Headers, exchange.Request.Body, exchange);
            }

            string status = exchange.Response.Status.ToString(CultureInfo.InvariantCulture);
            if (operation.Responses?.TryGetValue(status, out IOpenApiResponse? response) == true)
            {
                Add(response.Content, exchange.Response.Headers, exchange.Response.Body, exchange);
            }
        }

        if (exchanges.FirstOrDefault(IsSuccess) is { } first)
        {
            DescribeParameters(operation, $"/{context.Description.RelativePath}", first.Request);
        }
    }

    private static bool IsSuccess(RecordedExchange exchange) => exchange.Response.Status < StatusCodes.Status300MultipleChoices;

    private static void Add(IDictionary<string, OpenApiMediaType>? contents, IReadOnlyDictionary<string, string>? headers, JsonNode? body, RecordedExchange exchange)
    {
        string type = headers?.GetValueOrDefault(ContentType)?.Split(';')[0] ?? "";
        if (body is not null && contents?.TryGetValue(type, out OpenApiMediaType? content) == true)
        {
            content.Examples ??= new Dictionary<string, IOpenApiExample>();
            content.Examples[exchange.Name] = new OpenApiExample { Summary = exchange.Summary, Value = body.DeepClone() };
        }
    }

    private static void DescribeParameters(OpenApiOperation operation, string template, RecordedRequest request)
    {
        string[] parts = request.Path.Split('?', 2);
        Dictionary<string, string> inPath = template.Split('/').Zip(parts[0].Split('/'))
            .Where(segment => segment.First.StartsWith('{'))
            .ToDictionary(segment => segment.First.Trim('{', '}'), segment => Uri.UnescapeDataString(segment.Second), StringComparer.Ordinal);
        Dictionary<string, StringValues> inQuery = parts.Length == 1 ? [] : QueryHelpers.ParseQuery(parts[1]);
        foreach (OpenApiParameter parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            string? text = parameter.In switch
            {
                ParameterLocation.Path => inPath.GetValueOrDefault(parameter.Name!),
                ParameterLocation.Query => inQuery.TryGetValue(parameter.Name!, out StringValues values) ? values[0] : null,
                _ => request.Headers?.GetValueOrDefault(parameter.Name!.ToLowerInvariant()),
            };
            parameter.Example = text is null ? null : Value(parameter.Schema!, text);
        }
    }

    private static JsonNode Value(IOpenApiSchema schema, string text) => schema.Type switch
    {
        JsonSchemaType.Integer => JsonValue.Create(int.Parse(text, CultureInfo.InvariantCulture)),
        JsonSchemaType.Boolean => JsonValue.Create(bool.Parse(text)),
        JsonSchemaType.Array => new JsonArray(JsonValue.Create(text)),
        _ => JsonValue.Create(text)!,
    };
}
