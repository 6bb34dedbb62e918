using DinOrleans.Gateway.Auth;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DinOrleans.Gateway.OpenApi;

/// <summary>Describes who may call what.</summary>
internal static class OpenApiSecurity
{
    private const string ApiKey = "apiKey";
    private const string Token = "token";

    /// <summary>Describes how callers say who they are.</summary>
    public static void Describe(OpenApiDocument document)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[ApiKey] = Bearer(
            "dok_…", "An API key, sent as \"Authorization: Bearer dok_…\" where Auth:Mode is Keys. Nothing is needed where it is Open. The lists of the operations name scopes of keys.");
        document.Components.SecuritySchemes[Token] = Bearer(
            "JWT", "A JSON Web Token of an identity provider, sent as \"Authorization: Bearer …\" where Auth:Mode is Jwt. The claim that Auth:ScopeClaim names has the scopes, which the lists of the operations name.");
    }

    /// <summary>Describes what callers of an operation must be allowed to do.</summary>
    public static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        Access access = context.Description.ActionDescriptor.EndpointMetadata.OfType<Access>().LastOrDefault() ?? Access.Unmarked;
        if (access == Access.Public)
        {
            operation.Security = [];
            Say(operation, "Everybody may call it.");
            return;
        }

        operation.Security = [Requirement(ApiKey, access, context), Requirement(Token, access, context)];
        Say(operation, access.Scope is { } scope ? $"It needs the scope \"{scope}\"." : "It takes any key, and any token of a server, whatever its scopes.");
        if (access.TakesUsers)
        {
            Say(operation, "A user's own token may call it for that user.");
        }
    }

    private static OpenApiSecurityScheme Bearer(string format, string text) => new()
    {
        Type = SecuritySchemeType.Http,
        Scheme = "bearer",
        BearerFormat = format,
        Description = text,
    };

    private static OpenApiSecurityRequirement Requirement(string scheme, Access access, OpenApiOperationTransformerContext context) => new()
    {
        [new OpenApiSecuritySchemeReference(scheme, context.Document)] = access.Scope is { } scope ? [scope] : [],
    };

    private static void Say(OpenApiOperation operation, string sentence) =>
        operation.Description = string.IsNullOrEmpty(operation.Description) ? sentence : $"{operation.Description} {sentence}";
}
