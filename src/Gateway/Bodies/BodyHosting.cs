using DinOrleans.Gateway.Admission;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace DinOrleans.Gateway.Bodies;

/// <summary>Reads, admits and parses the bodies of requests.</summary>
internal static class BodyHosting
{
    /// <summary>Adds the bounds of the work in hand, the parser and decompression.</summary>
    public static IServiceCollection AddBodies(this IServiceCollection services) => services
        .AddSingleton<WorkAdmission>()
        .AddSingleton<JsonBody>()
        .AddSingleton<JsonLines>()

        // Gateway:BodyTimeout says how long a body may take. Kestrel would cut off some that are within it.
        .Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MinRequestBodyDataRate = null)

        // The decoder of Brotli throws for a damaged body what it would throw for a fault of ours, so the two cannot be told apart.
        .AddRequestDecompression(decompression => decompression.DecompressionProviders.Remove("br"));

    /// <summary>Reads the bodies of the endpoints that take one, once routing has found the endpoint.</summary>
    public static void UseBodies(this IApplicationBuilder app)
    {
        app.UseRequestDecompression();
        app.UseMiddleware<BodyMiddleware>();
    }
}
