using System.Text.Json.Serialization;
using DinOrleans.Gateway.Json;
using DinOrleans.Gateway.Rank;
using Microsoft.OpenApi;

namespace DinOrleans.Gateway.OpenApi;

/// <summary>Describes the API at <c>/openapi/v1.json</c>.</summary>
internal static class OpenApiHosting
{
    public static void AddGatewayOpenApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            // The web's defaults would describe every number as one that may be sent as text, which is refused.
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ResponseJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(1, RequestJson.Default);
        });
        services.AddOpenApi("v1", options =>
        {
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo { Title = "DinOrleans", Version = "1", Description = "Ranks candidates for a user with a Deep Interest Network." };
                return Task.CompletedTask;
            });
            options.AddOperationTransformer((operation, _, _) =>
            {
                if (operation.OperationId == "rank")
                {
                    (operation.Parameters ??= []).Add(Deadline());
                }

                return Task.CompletedTask;
            });
            options.AddSchemaTransformer((schema, context, _) =>
            {
                if (context.JsonTypeInfo.Type == typeof(FeatureValue))
                {
                    schema.Type = JsonSchemaType.String | JsonSchemaType.Number;
                    schema.Properties = null;
                    schema.Required = null;
                }
                else if (context.JsonTypeInfo.Type == typeof(Candidate))
                {
                    schema.Type = JsonSchemaType.Object;
                    schema.Properties = new Dictionary<string, IOpenApiSchema> { ["itemId"] = new OpenApiSchema { Type = JsonSchemaType.String } };
                }

                return Task.CompletedTask;
            });
        });
    }

    private static OpenApiParameter Deadline() => new()
    {
        Name = DeadlineHeader.Name,
        In = ParameterLocation.Header,
        Description = "How long the answer is of use, in milliseconds.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = $"{DeadlineHeader.Max}" },
    };
}
