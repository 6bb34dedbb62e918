using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using DinOrleans.Gateway.Json;
using DinOrleans.Gateway.Problems;
using DinOrleans.Gateway.Rank;
using Microsoft.OpenApi;

namespace DinOrleans.Gateway.Hosting;

/// <summary>Describes the API at <c>/openapi/v1.json</c>.</summary>
internal static class OpenApiHosting
{
    /// <summary>Adds the description of the API.</summary>
    public static IServiceCollection AddGatewayOpenApi(this IServiceCollection services)
    {
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
                document.Info = new OpenApiInfo { Title = "DinOrleans", Version = "1", Description = "Ranks candidates for a user with a Deep Interest Network." };
                OpenApiSecurity.Describe(document);
                return Task.CompletedTask;
            });
            options.AddOperationTransformer((operation, context, _) =>
            {
                OpenApiSecurity.Describe(operation, context);
                if (operation.OperationId == "rank")
                {
                    (operation.Parameters ??= []).Add(DescribeDeadline());
                }

                return Task.CompletedTask;
            });
            options.AddSchemaTransformer((schema, context, _) =>
            {
                Correct(schema, context.JsonTypeInfo);
                return Task.CompletedTask;
            });
        });
    }

    /// <summary>Describes what a converter reads or a hand-written method writes.</summary>
    private static void Correct(OpenApiSchema schema, JsonTypeInfo type)
    {
        if (type.Type == typeof(FeatureValue))
        {
            schema.Type = JsonSchemaType.String | JsonSchemaType.Number;
            schema.Properties = null;
            schema.Required = null;
        }
        else if (type.Type == typeof(Candidate))
        {
            schema.Type = JsonSchemaType.Object;
            schema.Properties = new Dictionary<string, IOpenApiSchema> { ["itemId"] = new OpenApiSchema { Type = JsonSchemaType.String } };
        }
        else if (type.Type == typeof(RankResponse) || type.Type == typeof(RankedItemResponse))
        {
            Require(schema, type.Properties.Where(p => !p.IsGetNullable).Select(p => p.Name));
        }
        else if (type.Type == typeof(Problem))
        {
            // Problem details may have any member or none. Those of this API always have these.
            schema.Properties!.Remove("instance");
            Require(schema, ["type", "title", "status", "errors"]);
        }
    }

    /// <summary>Describes members that are never left out and never null.</summary>
    private static void Require(OpenApiSchema schema, IEnumerable<string> members)
    {
        schema.Required = members.ToHashSet();
        foreach (OpenApiSchema member in schema.Required.Select(name => schema.Properties![name]).OfType<OpenApiSchema>())
        {
            member.Type &= ~JsonSchemaType.Null;
        }
    }

    private static OpenApiParameter DescribeDeadline() => new()
    {
        Name = DeadlineHeader.Name,
        In = ParameterLocation.Header,
        Description = "How long the answer is of use, in milliseconds.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = $"{DeadlineHeader.Max}" },
    };
}
