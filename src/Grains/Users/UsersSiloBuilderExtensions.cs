using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Grains.Users;

/// <summary>Registers what the users' grains need.</summary>
internal static class UsersSiloBuilderExtensions
{
    public static ISiloBuilder AddUsers(this ISiloBuilder silo)
    {
        silo.Services
            .AddSingleton<UserRanker>()
            .AddSingleton<ShadowRanker>()
            .AddSingleton<ExperimentalRanker>()
            .AddSingleton<IdleUsers>();
        return silo;
    }
}
