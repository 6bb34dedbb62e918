using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using DinOrleans.Contracts;
using DinOrleans.Gateway.Hosting;
using DinOrleans.Gateway.Json;
using DinOrleans.Gateway.Problems;
using DinOrleans.Gateway.Rank;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DinOrleans.Gateway.OpenApi;

/// <summary>Describes what a type does not say by itself: what converters read, what answers always have, and the values of a text.</summary>
internal static class SchemaDescription
{
    /// <summary>Completes the schema of a type or of a member.</summary>
    public static void Describe(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        JsonTypeInfo type = context.JsonTypeInfo;
        if (type.Type == typeof(FeatureValue))
        {
            schema.Type = JsonSchemaType.String | JsonSchemaType.Number;
            schema.MaxLength = InputLimits.FeatureLength;
            schema.Properties = null;
            schema.Required = null;
        }
        else if (type.Type == typeof(Candidate))
        {
            DescribeCandidate(schema);
        }
        else if (type.Type == typeof(Problem))
        {
            // Problem details may have any member or none. Those of this API always have these.
            schema.Properties!.Remove("instance");
            schema.Required = new HashSet<string> { "type", "title", "status", "errors" };
        }
        else if (type.Kind == JsonTypeInfoKind.Object && type.OriginatingResolver is ResponseJson && schema.Properties is { } members)
        {
            // An answer leaves out what is null, and has everything else.
            schema.Required = type.Properties.Where(p => !p.IsGetNullable && members.ContainsKey(p.Name)).Select(p => p.Name).ToHashSet();
        }

        DescribeValues(schema, context.JsonPropertyInfo);
    }

    private static void DescribeCandidate(OpenApiSchema schema)
    {
        schema.Type = JsonSchemaType.Object;
        schema.Required = new HashSet<string> { "itemId" };
        schema.Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["itemId"] = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                MinLength = 1,
                MaxLength = InputLimits.IdLength,
                Description = "The item. The catalogue need not have it.",
            },
        };
    }

    private static void DescribeValues(OpenApiSchema schema, JsonPropertyInfo? member)
    {
        if (member?.AttributeProvider?.GetCustomAttributes(typeof(AllowedValuesAttribute), inherit: false) is not [AllowedValuesAttribute allowed])
        {
            return;
        }

        OpenApiSchema ofText = schema.Items as OpenApiSchema ?? schema;
        ofText.Enum = [.. allowed.Values.Select(value => (JsonNode)JsonValue.Create((string)value!)!)];
    }
}
