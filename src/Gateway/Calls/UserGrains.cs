using DinOrleans.Contracts.Users;

namespace DinOrleans.Gateway.Calls;

/// <summary>
/// Finds the grains of users. <c>GetGrain</c> with an interface works out by reflection, in every call, what the cluster calls the interface and which
/// grains have it: that is 1.5 KB of garbage per grain, where a ranking of 20 candidates makes 14 KB in all. Here it is worked out once.
/// </summary>
internal sealed class UserGrains(IGrainFactory grains)
{
    private Kind? _kind;

    /// <summary>The grain of a user.</summary>
    /// <param name="userId">The user's id, which has been checked.</param>
    /// <exception cref="ArgumentException">The cluster does not have such grains.</exception>
    public IUserGrain Of(string userId)
    {
        Kind kind = _kind ??= Learn(userId);
        return (IUserGrain)grains.GetGrain(GrainId.Create(kind.Type, userId), kind.Interface);
    }

    private Kind Learn(string userId)
    {
        var reference = (GrainReference)grains.GetGrain<IUserGrain>(userId);
        return new(reference.GrainId.Type, reference.InterfaceType);
    }

    private sealed record Kind(GrainType Type, GrainInterfaceType Interface);
}
