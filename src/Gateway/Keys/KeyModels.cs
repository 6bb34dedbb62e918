using System.ComponentModel.DataAnnotations;
using DinOrleans.Contracts.Keys;

namespace DinOrleans.Gateway.Keys;

/// <summary>A key to make.</summary>
internal sealed class KeyRequest
{
    /// <summary>Who or what the key is for, 1 to 200 characters.</summary>
    [Required, StringLength(ApiKeyRules.MaxNote, MinimumLength = 1)]
    public string? Note { get; set; }

    /// <summary>What the key may do, at least one scope.</summary>
    [Required, MinLength(1), MaxLength(9)]
    [AllowedValues(
        ApiScopes.Rank, ApiScopes.Events, ApiScopes.Catalogue, ApiScopes.UsersRead, ApiScopes.UsersErase, ApiScopes.Models, ApiScopes.Experiments, ApiScopes.Training, ApiScopes.Admin)]
    public List<string?>? Scopes { get; set; }

    /// <summary>When the key stops working, as in RFC 3339 with an offset. It never does where this is left out.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }
}

/// <summary>A key without its secret.</summary>
/// <param name="Id">The public part of the key, by which it is revoked.</param>
/// <param name="Note">Who or what the key is for.</param>
/// <param name="Scopes">What the key may do.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it stops working. Left out where it never does.</param>
/// <param name="LastUsedAt">When it was last used, up to two minutes late. Left out where it never was.</param>
/// <param name="RevokedAt">When it was revoked. Left out while it is not.</param>
internal sealed record KeyResponse(
    string Id, string Note, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt)
{
    public static KeyResponse From(ApiKeyInfo key) => new(key.Id, key.Note, key.Scopes, key.CreatedAt, key.ExpiresAt, key.LastUsedAt, key.RevokedAt);
}

/// <summary>All keys, newest first. Those that ended more than 90 days ago are forgotten.</summary>
/// <param name="Keys">The keys.</param>
internal sealed record KeysResponse(IReadOnlyList<KeyResponse> Keys);

/// <summary>A key that was made.</summary>
/// <param name="Key">The key to send as "Authorization: Bearer …". It is shown only in this answer.</param>
/// <param name="Info">What is kept of it.</param>
internal sealed record NewKeyResponse(string Key, KeyResponse Info);
