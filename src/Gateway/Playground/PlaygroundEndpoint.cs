using DinOrleans.Gateway.Auth;

namespace DinOrleans.Gateway.Playground;

/// <summary>Maps the page at <c>/</c>, on which a person can try rankings. <c>/?user=u1&amp;items=i1,i2</c> fills it in and ranks at once.</summary>
internal static class PlaygroundEndpoint
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void MapPlayground(this IEndpointRouteBuilder endpoints)
    {
        byte[] page = Load();
        endpoints.MapGet("/", (HttpContext http) =>
        {
            http.Response.Headers.ContentSecurityPolicy = Policy;
            http.Response.Headers.XContentTypeOptions = "nosniff";
            return TypedResults.Bytes(page, "text/html; charset=utf-8");
        }).ExcludeFromDescription().IsPublic();
    }

    private static byte[] Load()
    {
        using Stream stream = typeof(PlaygroundEndpoint).Assembly.GetManifestResourceStream("playground.html")
            ?? throw new InvalidOperationException("playground.html is not embedded in the assembly.");
        byte[] page = new byte[stream.Length];
        stream.ReadExactly(page);
        return page;
    }
}
