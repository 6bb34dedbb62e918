using System.Globalization;
using System.Text.Json.Nodes;
using DinOrleans.Contracts;
using DinOrleans.Gateway.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DinOrleans.Gateway.OpenApi;

/// <summary>Describes the parameters in the path, in the query and in headers.</summary>
internal static class ParameterDescription
{
    private static readonly Dictionary<string, string> OfPaths = new(StringComparer.Ordinal)
    {
        ["userId"] = "The user.",
        ["itemId"] = "The item.",
        ["version"] = "The name of the version.",
        ["name"] = "The name of the experiment: 1 to 64 lower-case letters, digits, dots and hyphens.",
        ["id"] = "The id, as the list has it.",
    };

    /// <summary>Completes the parameters of the path, and adds those that the endpoint is marked with.</summary>
    public static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        foreach (OpenApiParameter parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            parameter.Description = OfPaths[parameter.Name!];
            parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = InputLimits.IdLength };
        }

        foreach (RequestParameter parameter in context.Description.ActionDescriptor.EndpointMetadata.OfType<RequestParameter>())
        {
            (operation.Parameters ??= []).Add(Create(parameter));
        }
    }

    private static OpenApiParameter Create(RequestParameter parameter) => new()
    {
        Name = parameter.Name,
        In = parameter.IsHeader ? ParameterLocation.Header : ParameterLocation.Query,
        Description = parameter.Text,
        Schema = parameter.MaxItems == 1
            ? Value(parameter)
            : new OpenApiSchema { Type = JsonSchemaType.Array, MinItems = 1, MaxItems = parameter.MaxItems, Items = Value(parameter) },
    };

    private static OpenApiSchema Value(RequestParameter parameter) => parameter switch
    {
        { Range: { } range } => new()
        {
            Type = JsonSchemaType.Integer,
            Format = "int32",
            Minimum = range.Least.ToString(CultureInfo.InvariantCulture),
            Maximum = range.Most.ToString(CultureInfo.InvariantCulture),
            Default = parameter.Otherwise is { } number ? JsonValue.Create(number) : null,
        },
        { IsFlag: true } => new() { Type = JsonSchemaType.Boolean, Default = JsonValue.Create(false) },
        { Values: { Count: > 0 } values } => new() { Type = JsonSchemaType.String, Enum = [.. values.Select(v => (JsonNode)JsonValue.Create(v)!)] },
        _ => new() { Type = JsonSchemaType.String, MaxLength = parameter.MaxLength },
    };
}
