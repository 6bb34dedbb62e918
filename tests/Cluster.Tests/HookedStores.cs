using DinOrleans.Contracts.Users;
using DinOrleans.Storage;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Features;
using DinOrleans.TestShop;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Cluster.Tests;

/// <summary>Puts stores of a test's own before those of a silo.</summary>
internal static class HookedStores
{
    /// <summary>Starts a cluster of one silo with a hooked log.</summary>
    public static async Task<(ShopCluster Shop, HookedLog Log)> StartWithLogAsync()
    {
        HookedLog log = null!;
        ShopCluster shop = await ShopCluster.StartAsync(
            SmallShop.Schema, 1, [], silo => silo.Services.AddSingleton<IBehaviourLog>(log = new HookedLog(Of<IBehaviourLog>(silo))));
        return (shop, log);
    }

    /// <summary>Starts a cluster of one silo with hooked profiles.</summary>
    public static async Task<(ShopCluster Shop, HookedProfiles Profiles)> StartWithProfilesAsync()
    {
        HookedProfiles profiles = null!;
        ShopCluster shop = await ShopCluster.StartAsync(
            SmallShop.Schema, 1, [], silo => silo.Services.AddSingleton<IProfileStore>(profiles = new HookedProfiles(Of<IProfileStore>(silo))));
        return (shop, profiles);
    }

    private static T Of<T>(ISiloBuilder silo) => (T)silo.Services.Last(s => s.ServiceType == typeof(T)).ImplementationInstance!;
}

/// <summary>A behaviour log whose calls a test can fail or hold up.</summary>
internal sealed class HookedLog(IBehaviourLog log) : IBehaviourLog
{
    /// <summary>Runs before an append.</summary>
    public Func<Task> BeforeAppend { get; set; } = () => Task.CompletedTask;

    /// <summary>Runs before a history is read.</summary>
    public Func<Task> BeforeRead { get; set; } = () => Task.CompletedTask;

    /// <summary>Runs after a history was read and before it is given to the caller.</summary>
    public Func<Task> AfterRead { get; set; } = () => Task.CompletedTask;

    public async Task<AppendResult> AppendAsync(IReadOnlyList<BehaviourEvent> events, CancellationToken cancellationToken)
    {
        await BeforeAppend();
        return await log.AppendAsync(events, cancellationToken);
    }

    public async Task<IReadOnlyList<BehaviourEvent>> ReadRecentAsync(string userId, IReadOnlyList<string>? types, int limit, CancellationToken cancellationToken)
    {
        await BeforeRead();
        IReadOnlyList<BehaviourEvent> recent = await log.ReadRecentAsync(userId, types, limit, cancellationToken);
        await AfterRead();
        return recent;
    }

    public Task<IReadOnlyList<Placed<BehaviourEvent>>> ReadAfterAsync(string userId, LogPlace after, int limit, CancellationToken cancellationToken) =>
        log.ReadAfterAsync(userId, after, limit, cancellationToken);

    public IAsyncEnumerable<BehaviourEvent> ReadAllAsync(CancellationToken cancellationToken) => log.ReadAllAsync(cancellationToken);

    public Task<IReadOnlyDictionary<string, long>> CountByItemAsync(IReadOnlyList<string> types, CancellationToken cancellationToken) =>
        log.CountByItemAsync(types, cancellationToken);

    public Task<long> CountSinceAsync(IReadOnlyList<string> types, DateTimeOffset after, CancellationToken cancellationToken) =>
        log.CountSinceAsync(types, after, cancellationToken);

    public Task EraseUserAsync(string userId, CancellationToken cancellationToken) => log.EraseUserAsync(userId, cancellationToken);
}

/// <summary>A profile store whose answers to writes a test can hold up.</summary>
internal sealed class HookedProfiles(IProfileStore profiles) : IProfileStore
{
    /// <summary>Runs after a profile was put and before the caller is told.</summary>
    public Func<Task> AfterPut { get; set; } = () => Task.CompletedTask;

    public Task<UserProfile?> GetAsync(string userId, CancellationToken cancellationToken) => profiles.GetAsync(userId, cancellationToken);

    public async Task PutAsync(IReadOnlyList<KeyValuePair<string, UserProfile>> given, CancellationToken cancellationToken)
    {
        await profiles.PutAsync(given, cancellationToken);
        await AfterPut();
    }

    public Task AddAsync(IReadOnlyList<KeyValuePair<string, UserProfile>> given, CancellationToken cancellationToken) => profiles.AddAsync(given, cancellationToken);

    public IAsyncEnumerable<KeyValuePair<string, UserProfile>> ReadAllAsync(CancellationToken cancellationToken) => profiles.ReadAllAsync(cancellationToken);

    public Task DeleteAsync(string userId, CancellationToken cancellationToken) => profiles.DeleteAsync(userId, cancellationToken);
}
