using Microsoft.AspNetCore.Http.Features;

namespace DinOrleans.Gateway.Http;

/// <summary>Decodes the last segment of a request's path.</summary>
internal static class PathSegment
{
    /// <summary>Returns the segment as its sender meant it. Routing leaves an encoded slash as it came, so that it looks the same as "%252F".</summary>
    public static string Decode(string routed, HttpContext http)
    {
        if (!routed.Contains("%2F", StringComparison.OrdinalIgnoreCase))
        {
            return routed;
        }

        string target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        string path = target.Split('?', 2)[0].TrimEnd('/');
        return Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
    }
}
