using System.Diagnostics;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;

namespace DinOrleans.Gateway.Grpc.Errors;

/// <summary>Tells metrics and traces the status of a call, of which HTTP says only that it was answered.</summary>
internal static class RpcTelemetry
{
    private const string Tag = "rpc.grpc.status_code";

    /// <summary>Tags the metrics and the span of a request.</summary>
    public static void Tell(HttpContext http, StatusCode code)
    {
        http.Features.Get<IHttpMetricsTagsFeature>()?.Tags.Add(new(Tag, (int)code));
        if (http.Features.Get<IHttpActivityFeature>()?.Activity is { } span)
        {
            span.SetTag(Tag, (int)code);
            if (code is StatusCode.Internal or StatusCode.Unavailable or StatusCode.Unknown)
            {
                span.SetStatus(ActivityStatusCode.Error);
            }
        }
    }
}
