using DinOrleans.Gateway.Admission;
using DinOrleans.Gateway.Bodies;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DinOrleans.Gateway.OpenApi;

/// <summary>Describes bodies of requests that are not the JSON of a type.</summary>
internal static class BodyDescription
{
    private const string Json = "application/json";
    private const string Tar = "application/x-tar";

    /// <summary>Corrects the body of a request.</summary>
    public static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        IList<object> metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<JsonInput>().LastOrDefault() is { Work: null })
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Description = "An empty object. Its content type is required, and the body is not read.",
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType> { [Json] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.Object } } },
            };
        }
        else if (operation.RequestBody is OpenApiRequestBody body)
        {
            body.Required = true;
            Correct(body, JsonLines.MediaType, new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Description = "One item of \"items\" per line. A line may have up to 512 KiB.",
            });
            Correct(body, Tar, new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Format = "binary",
                Description = "A tar of the version's files, with or without the version's folder around them.",
            });
        }
    }

    private static void Correct(OpenApiRequestBody body, string type, OpenApiSchema schema)
    {
        if (body.Content?.TryGetValue(type, out OpenApiMediaType? content) == true)
        {
            content.Schema = schema;
        }
    }
}
