using DinOrleans.Contracts;
using DinOrleans.Contracts.Keys;
using DinOrleans.Storage.Keys;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Grains.Keys;

/// <inheritdoc cref="IApiKeysGrain"/>
/// <remarks>
/// What it tells its callers is in the store. It reads the store again every <see cref="RereadAfter"/>, so that a second activation, which a
/// divided cluster may have for some seconds, does not keep a key alive that was revoked through the other one.
/// </remarks>
public sealed partial class ApiKeysGrain(IKeyStore store, TimeProvider time, ILogger<ApiKeysGrain> logger) : Grain, IApiKeysGrain
{
    private static readonly TimeSpan RereadAfter = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = logger;
    private HashedApiKeys _keys = new(0, []);
    private long? _readAt;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken) => ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<ApiKeyInfo> MakeAsync(NewApiKey key, CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        ApiKeyInfo made = ApiKeyBook.Make(_keys.Keys, key, time.GetUtcNow());
        await WriteAsync(new(made, key.Hash), cancellationToken);
        LogMade(made.Id, string.Join(' ', made.Scopes));
        return made;
    }

    /// <inheritdoc/>
    public async Task<bool> MakeFirstAsync(NewApiKey key, CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        if (ApiKeyBook.HasAdmin(_keys.Keys, time.GetUtcNow()))
        {
            return false;
        }

        await MakeAsync(key, cancellationToken);
        return true;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ApiKeyInfo>> ListAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        return [.. _keys.Keys.Select(k => k.Info)];
    }

    /// <inheritdoc/>
    public async Task<ApiKeyInfo?> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        if (_keys.Keys.FirstOrDefault(k => k.Info.Id == id) is not { } key)
        {
            return null;
        }

        if (key.Info.RevokedAt is null)
        {
            await WriteAsync(key with { Info = key.Info with { RevokedAt = time.GetUtcNow() } }, cancellationToken);
            LogRevoked(id);
        }

        return _keys.Keys.First(k => k.Info.Id == id).Info;
    }

    /// <inheritdoc/>
    public async Task<HashedApiKeys?> FollowAsync(ApiKeyUse use, CancellationToken cancellationToken)
    {
        try
        {
            if (_readAt is not { } read || time.GetElapsedTime(read) >= RereadAfter)
            {
                await ReadAsync(cancellationToken);
            }

            await UseAsync(use.Used, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            // The store has said so in the log. Nothing can be revoked meanwhile, so the last keys are right, and requests go on.
        }

        return use.Revision == _keys.Revision ? null : _keys;
    }

    private async Task UseAsync(IReadOnlyDictionary<string, DateTimeOffset> used, CancellationToken cancellationToken)
    {
        Dictionary<string, DateTimeOffset> due = ApiKeyBook.Due(_keys.Keys, used, time.GetUtcNow());
        if (due.Count > 0)
        {
            await store.UseAsync(due, cancellationToken);
            _keys = _keys with { Keys = [.. _keys.Keys.Select(k => due.TryGetValue(k.Info.Id, out DateTimeOffset at) ? k with { Info = k.Info with { LastUsedAt = at } } : k)] };
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        _keys = await store.ReadAsync(cancellationToken);
        _readAt = time.GetTimestamp();
    }

    private async Task WriteAsync(HashedApiKey key, CancellationToken cancellationToken)
    {
        // A write that fails may have been stored all the same.
        _readAt = null;
        if (!await store.TryWriteAsync(new(_keys.Revision, key, ApiKeyBook.Forgettable(_keys.Keys, time.GetUtcNow())), cancellationToken))
        {
            throw new StoreUnavailableException("The keys were changed by another silo at the same time.");
        }

        await ReadAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Made the API key {Key} with the scopes {Scopes}")]
    private partial void LogMade(string key, string scopes);

    [LoggerMessage(Level = LogLevel.Information, Message = "Revoked the API key {Key}")]
    private partial void LogRevoked(string key);
}
