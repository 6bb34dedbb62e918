using DinOrleans.Gateway.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DinOrleans.Gateway.WebConsole;

/// <summary>
/// Maps the console at <c>/console</c>, to which <c>/</c> leads. The page is open to everybody, because it holds no data: it asks for a key and
/// calls the REST API with it.
/// </summary>
internal static class ConsoleEndpoints
{
    private const string Root = "/console";
    private const string Policy = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";

    /// <summary>The name of a built file changes with its content.</summary>
    private const string ForEver = "public, max-age=31536000, immutable";

    public static void MapConsole(this IEndpointRouteBuilder endpoints)
    {
        var files = new ConsoleFiles();
        endpoints.MapGet("/", () => TypedResults.Redirect(Root)).ExcludeFromDescription().IsPublic();

        // Every address of a view is answered with the page, so that it can be kept and passed on.
        endpoints.MapGet(Root + "/{**view}", (HttpContext http) => Send(http, files.Page, "no-cache")).ExcludeFromDescription().IsPublic();
        endpoints.MapGet(Root + "/assets/{file}", (string file, HttpContext http) => files.Find("assets/" + file) is { } found ? (IResult)Send(http, found, ForEver) : TypedResults.NotFound())
            .ExcludeFromDescription().IsPublic();
        endpoints.MapGet(Root + "/THIRD-PARTY-NOTICES.txt", (HttpContext http) => Send(http, files.Find("THIRD-PARTY-NOTICES.txt")!, "no-cache")).ExcludeFromDescription().IsPublic();
    }

    private static FileContentHttpResult Send(HttpContext http, ConsoleFile file, string caching)
    {
        http.Response.Headers.CacheControl = caching;
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        return TypedResults.Bytes(file.Content, file.ContentType, entityTag: file.Tag);
    }
}
