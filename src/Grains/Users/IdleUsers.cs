using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace DinOrleans.Grains.Users;

/// <summary>Says when idle users leave memory.</summary>
public sealed class IdleUsers(IOptions<GrainCollectionOptions> options)
{
    /// <summary>How long a user with a history or a profile stays in memory after the last call.</summary>
    public TimeSpan KnownLeaveAfter { get; } = options.Value.CollectionAge;
}

/// <summary>Sets when idle users leave.</summary>
public static class IdleUsersExtensions
{
    /// <summary>Lets idle users leave the memory of this silo, and lets users leave earlier when memory runs short.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="known">How long users with a history or a profile stay after their last call.</param>
    /// <param name="unknown">How long all other users stay.</param>
    public static ISiloBuilder LetIdleUsersLeave(this ISiloBuilder silo, TimeSpan known, TimeSpan unknown) =>
        silo.Configure<GrainCollectionOptions>(o =>
        {
            // Ages must be longer than the time between two looks.
            o.CollectionQuantum = unknown / 3;
            o.CollectionAge = known;
            o.ClassSpecificCollectionAge[typeof(UserGrain).FullName!] = unknown;
            o.EnableActivationSheddingOnMemoryPressure = true;
        });
}
