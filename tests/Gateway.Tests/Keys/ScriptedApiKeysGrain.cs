using DinOrleans.Contracts;
using DinOrleans.Contracts.Keys;
using DinOrleans.Gateway.Tests.Hosting;

namespace DinOrleans.Gateway.Tests.Keys;

/// <summary>Keeps keys in the script's memory.</summary>
public sealed class ScriptedApiKeysGrain(ShopScript script) : Grain, IApiKeysGrain
{
    public Task<ApiKeyInfo> MakeAsync(NewApiKey key, CancellationToken cancellationToken)
    {
        if (key.Note == "conflict")
        {
            throw new ConflictException("keys", "are too many");
        }

        var made = new ApiKeyInfo { Id = key.Id, Note = key.Note, Scopes = key.Scopes, CreatedAt = ShopScript.Noon, ExpiresAt = key.ExpiresAt };
        script.Keys[key.Id] = new(made, key.Hash);
        return Task.FromResult(made);
    }

    public async Task<bool> MakeFirstAsync(NewApiKey key, CancellationToken cancellationToken)
    {
        if (script.Keys.Values.Any(k => k.Info.Scopes.Contains(ApiScopes.Admin) && k.Info.RevokedAt is null))
        {
            return false;
        }

        await MakeAsync(key, cancellationToken);
        return true;
    }

    public Task<IReadOnlyList<ApiKeyInfo>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ApiKeyInfo>>([.. script.Keys.Values.Select(k => k.Info).OrderBy(k => k.Id)]);

    public Task<ApiKeyInfo?> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        if (!script.Keys.TryGetValue(id, out HashedApiKey? key))
        {
            return Task.FromResult<ApiKeyInfo?>(null);
        }

        script.Keys[id] = key with { Info = key.Info with { RevokedAt = ShopScript.Noon } };
        return Task.FromResult<ApiKeyInfo?>(script.Keys[id].Info);
    }

    public async Task<HashedApiKeys?> FollowAsync(ApiKeyUse use, CancellationToken cancellationToken)
    {
        script.TellKeys();
        if (script.KeysHang is { } hang)
        {
            hang.Reached.TrySetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                hang.Cancelled.TrySetResult();
            }
        }

        script.KeyUses.Enqueue(use);
        long revision = script.Keys.Values.Sum(k => k.Info.RevokedAt is null ? 1 : 1_000_000);
        return revision == use.Revision ? null : new HashedApiKeys(revision, [.. script.Keys.Values]);
    }
}
