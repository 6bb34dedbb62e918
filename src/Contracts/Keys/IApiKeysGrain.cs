using Orleans.CodeGeneration;

namespace DinOrleans.Contracts.Keys;

/// <summary>The keys of the REST API; one grain, key 0. It knows the hashes of secrets alone.</summary>
[Alias("DinOrleans.IApiKeysGrain"), Version(1)]
public interface IApiKeysGrain : IGrainWithIntegerKey
{
    /// <summary>Makes a key and returns after it is stored.</summary>
    /// <exception cref="InvalidInputException">The key breaks a rule.</exception>
    /// <exception cref="ConflictException">A key with the id exists, or there are as many keys as there may be.</exception>
    /// <exception cref="StoreUnavailableException">The store does not take it now.</exception>
    [Alias("Make"), ResponseTimeout(CallDeadlines.Usual)]
    Task<ApiKeyInfo> MakeAsync(NewApiKey key, CancellationToken cancellationToken = default);

    /// <summary>Makes a key where no key works that may make others, and returns after it is stored.</summary>
    /// <returns>False where there is such a key: nothing was stored.</returns>
    /// <exception cref="InvalidInputException">The key breaks a rule.</exception>
    /// <exception cref="StoreUnavailableException">The store does not take it now.</exception>
    [Alias("MakeFirst"), ResponseTimeout(CallDeadlines.Usual)]
    Task<bool> MakeFirstAsync(NewApiKey key, CancellationToken cancellationToken = default);

    /// <summary>Every key that is kept, newest first.</summary>
    [Alias("List"), ResponseTimeout(CallDeadlines.Usual)]
    Task<IReadOnlyList<ApiKeyInfo>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Ends a key for good and returns after that is stored. Gateways refuse the key within 10 seconds. It may be repeated.</summary>
    /// <returns>The key; null where there is none of that id.</returns>
    /// <exception cref="StoreUnavailableException">The store does not take it now.</exception>
    [Alias("Revoke"), ResponseTimeout(CallDeadlines.Usual)]
    Task<ApiKeyInfo?> RevokeAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Gives a gateway the keys, and takes which of them the gateway has seen used.</summary>
    /// <returns>The keys; null where they are still those of the given revision.</returns>
    [Alias("Follow"), ResponseTimeout(CallDeadlines.Usual)]
    Task<HashedApiKeys?> FollowAsync(ApiKeyUse use, CancellationToken cancellationToken = default);
}

/// <summary>What a gateway knows of the keys.</summary>
/// <param name="Revision">The revision of the keys that the gateway has; -1 for none.</param>
/// <param name="Used">When keys were last used, by id; only those that were used since the last call.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.ApiKeyUse")]
public sealed record ApiKeyUse([property: Id(0)] long Revision, [property: Id(1)] IReadOnlyDictionary<string, DateTimeOffset> Used);
