using DinOrleans.Gateway.Rank;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace DinOrleans.Gateway.Cors;

/// <summary>Answers browsers that ask whether a page of another site may call.</summary>
internal static class CorsHosting
{
    private static readonly TimeSpan AnswersAreKept = TimeSpan.FromMinutes(10);

    /// <summary>Adds the answers, configured by the section <see cref="CorsOptions.Section"/>.</summary>
    public static IServiceCollection AddOrigins(this IServiceCollection services)
    {
        services.AddOptions<CorsOptions>().BindConfiguration(CorsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services.AddCors();
    }

    /// <summary>Answers for the origins of the settings, before routing refuses the method of such a question.</summary>
    public static void UseOrigins(this IApplicationBuilder app)
    {
        string[] origins = app.ApplicationServices.GetRequiredService<IOptions<CorsOptions>>().Value.Origins;
        if (origins.Length > 0)
        {
            app.UseCors(policy => policy
                .WithOrigins(origins)
                .WithMethods(HttpMethods.Get, HttpMethods.Post, HttpMethods.Put, HttpMethods.Delete)
                .WithHeaders(HeaderNames.Authorization, HeaderNames.ContentType, DeadlineHeader.Name, OverrideHeader.Name)
                .WithExposedHeaders(HeaderNames.RetryAfter, HeaderNames.WWWAuthenticate, "Server-Timing")
                .SetPreflightMaxAge(AnswersAreKept));
        }
    }
}
