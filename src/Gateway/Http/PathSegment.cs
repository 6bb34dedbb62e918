using Microsoft.AspNetCore.Http.Features;

namespace DinOrleans.Gateway.Http;

/// <summary>Decodes a segment of a request's path.</summary>
internal static class PathSegment
{
    /// <summary>Returns the segment as its sender meant it. Routing leaves an encoded slash as it came, so that it looks the same as "%252F".</summary>
    /// <param name="routed">The segment as routing gives it.</param>
    /// <param name="http">The request.</param>
    /// <param name="behind">The number of segments that come after it in the path.</param>
    public static string Decode(string routed, HttpContext http, int behind = 0)
    {
        if (!routed.Contains("%2F", StringComparison.OrdinalIgnoreCase))
        {
            return routed;
        }

        string target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        string[] segments = target.Split('?', 2)[0].TrimEnd('/').Split('/');
        return Uri.UnescapeDataString(segments[^(behind + 1)]);
    }
}
