using System.Net;

namespace DinOrleans.Client.Testing;

/// <summary>API keys in memory. No call asks for one.</summary>
public sealed class InMemoryApiKeys : IApiKeys
{
    private const int IdLength = 12;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, ApiKey> _keys = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;

    internal InMemoryApiKeys(TimeProvider time) => _time = time;

    /// <inheritdoc/>
    public Task<IReadOnlyList<ApiKey>> GetAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<ApiKey>>([.. _keys.Values.OrderByDescending(k => k.CreatedAt)]);
        }
    }

    /// <inheritdoc/>
    public Task<NewKey> MakeAsync(KeyRequest request, CancellationToken cancellationToken = default)
    {
        string drawn = Guid.NewGuid().ToString("N");
        var key = new ApiKey(drawn[..IdLength], request.Note, request.Scopes, _time.GetUtcNow(), request.ExpiresAt, LastUsedAt: null, RevokedAt: null);
        lock (_lock)
        {
            _keys.Add(key.Id, key);
        }

        return Task.FromResult(new NewKey($"dok_{key.Id}_{drawn}", key));
    }

    /// <inheritdoc/>
    public Task RevokeAsync(string id, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            ApiKey key = _keys.GetValueOrDefault(id) ?? throw new DinOrleansException($"DELETE /v1/keys/{id}: 404 Not Found", HttpStatusCode.NotFound);
            _keys[id] = key with { RevokedAt = key.RevokedAt ?? _time.GetUtcNow() };
            return Task.CompletedTask;
        }
    }
}
