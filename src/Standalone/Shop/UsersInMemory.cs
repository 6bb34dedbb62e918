using DinOrleans.Contracts.Users;
using Orleans.Core.Internal;

namespace DinOrleans.Standalone.Shop;

/// <summary>The users whose histories the silos hold in memory.</summary>
public sealed class UsersInMemory(IGrainFactory grains)
{
    private const string AnyUser = "any";

    /// <summary>
    /// Has all users leave memory, after their events were written beside their grains. Each is read again by the next call for them, and a call that is
    /// under way ends first.
    /// </summary>
    public async Task ReleaseAsync()
    {
        GrainType type = grains.GetGrain<IUserGrain>(AnyUser).GetGrainId().Type;
        List<GrainId> users = await grains.GetGrain<IManagementGrain>(0).GetActiveGrains(type).ConfigureAwait(false);
        foreach (GrainId user in users)
        {
            await grains.GetGrain(user).AsReference<IGrainManagementExtension>().DeactivateOnIdle().ConfigureAwait(false);
        }
    }
}
