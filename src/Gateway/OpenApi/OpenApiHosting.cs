using System.Text.Json.Serialization;
using DinOrleans.Gateway.Hosting;

namespace DinOrleans.Gateway.OpenApi;

/// <summary>Describes the API at <c>/openapi/v1.json</c>.</summary>
internal static class OpenApiHosting
{
    /// <summary>Adds the description of the API.</summary>
    public static IServiceCollection AddGatewayOpenApi(this IServiceCollection services)
    {
        services.AddSingleton<RecordedSession>();
        services.ConfigureHttpJsonOptions(json =>
        {
            // The web's defaults would describe every number as one that may be sent as text, which is refused.
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ResponseJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(1, RequestJson.Default);
        });
        return services.AddOpenApi("v1", options =>
        {
            options.AddDocumentTransformer((document, _, _) =>
            {
                DocumentDescription.Describe(document);
                return Task.CompletedTask;
            });
            options.AddOperationTransformer((operation, context, _) =>
            {
                OpenApiSecurity.Describe(operation, context);
                ParameterDescription.Describe(operation, context);
                BodyDescription.Describe(operation, context);
                ResponseDescription.Describe(operation);
                ExampleDescription.Describe(operation, context);
                return Task.CompletedTask;
            });
            options.AddSchemaTransformer((schema, context, _) =>
            {
                SchemaDescription.Describe(schema, context);
                return Task.CompletedTask;
            });
        });
    }
}
