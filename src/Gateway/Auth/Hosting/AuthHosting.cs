using DinOrleans.Gateway.Auth.Audit;
using DinOrleans.Gateway.Auth.Keys;
using DinOrleans.Gateway.Auth.Tokens;
using DinOrleans.Programs.Starting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway.Auth.Hosting;

/// <summary>Asks callers who they are, and lets them do what they may.</summary>
internal static class AuthHosting
{
    /// <summary>Adds the ways to find out who calls, configured by the section <see cref="AuthOptions.Section"/>.</summary>
    public static IServiceCollection AddAuth(this IServiceCollection services)
    {
        services.AddOptions<AuthOptions>().BindConfiguration(AuthOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(new FirstKeyOutput(Console.Out));
        return services
            .AddSingleton<IStartCheck, OpenAddresses>()
            .AddSingleton<IStartCheck, SigningKeysCheck>()
            .AddSingleton<AuthInstruments>()
            .AddSingleton<AuditLog>()
            .AddSingleton<TokenBuckets>()
            .AddSingleton<KeyRing>()
            .AddSingleton<KeyFollower>()
            .AddHostedService(s => s.GetRequiredService<KeyFollower>())
            .AddSingleton<OpenCallers>()
            .AddSingleton<KeyCallers>()
            .AddSingleton<TokenCallers>()
            .AddSingleton<AccessGate>()
            .AddSingleton<ICallers>(s => s.GetRequiredService<IOptions<AuthOptions>>().Value.Mode switch
            {
                AuthMode.Keys => s.GetRequiredService<KeyCallers>(),
                AuthMode.Jwt => s.GetRequiredService<TokenCallers>(),
                _ => s.GetRequiredService<OpenCallers>(),
            });
    }

    /// <summary>Refuses requests whose callers may not make them. Call it once routing has found the endpoint.</summary>
    public static void UseAuth(this IApplicationBuilder app) => app.UseMiddleware<AccessMiddleware>();
}
