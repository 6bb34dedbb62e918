using System.Security.Cryptography;
using DinOrleans.Gateway.Auth;
using Scalar.AspNetCore;

namespace DinOrleans.Gateway.ApiReference;

/// <summary>
/// Maps the page at <c>/docs</c>, on which people read the description of the API and try requests. The page is open to everybody, because it holds
/// no data. Its script is part of the assembly, and it asks no other server for anything.
/// </summary>
internal static class ApiReferenceEndpoints
{
    private const string Root = "/docs";
    private const int NonceBytes = 16;

    /// <summary>Maps the page and its script.</summary>
    public static void MapApiReference(this IEndpointRouteBuilder endpoints) => endpoints
        .MapScalarApiReference(Root, Configure)
        .IsPublic()
        .AddEndpointFilter((context, next) =>
        {
            IHeaderDictionary headers = context.HttpContext.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            return next(context);
        });

    private static void Configure(ScalarOptions options, HttpContext http)
    {
        options.Title = "DinOrleans REST API";
        options.OpenApiRoutePattern = "/openapi/{documentName}.json";
        options.Nonce = RandomNumberGenerator.GetHexString(2 * NonceBytes, lowercase: true);

        // Fonts, telemetry, chat and developer tools would come from other servers, or go there.
        options.DefaultFonts = false;
        options.Telemetry = false;
        options.Agent = new ScalarAgentOptions { Disabled = true };
        options.Mcp = new ScalarMcpOptions { Disabled = true };
        options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
        options.HideClientButton = true;

        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy = Policy(options.Nonce);
    }

    /// <summary>Scripts are those of the page. The library makes its styles while it runs, so that styles cannot be bound to the page in the same way.</summary>
    private static string Policy(string nonce) =>
        $"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";
}
