using DinOrleans.Gateway.Auth;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DinOrleans.Gateway.Hosting;

/// <summary>Describes who may call what.</summary>
internal static class OpenApiSecurity
{
    private const string Scheme = "bearer";

    /// <summary>Describes how callers say who they are.</summary>
    public static void Describe(OpenApiDocument document)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = Scheme,
            Description = "An API key where Auth:Mode is Keys, or a JSON Web Token where it is Jwt. It is not needed where it is Open.",
        };
    }

    /// <summary>Describes the scope that an operation needs.</summary>
    public static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<Access>().LastOrDefault() is not { } access || access == Access.Public)
        {
            return;
        }

        var needed = new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = access.Scope is { } scope ? [scope] : [] };
        (operation.Security ??= []).Add(needed);
    }
}
