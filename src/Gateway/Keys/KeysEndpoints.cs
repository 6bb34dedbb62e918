using DinOrleans.Contracts.Keys;
using DinOrleans.Contracts.Validation;
using DinOrleans.Gateway.Admission;
using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Auth.Audit;
using DinOrleans.Gateway.Auth.Keys;
using DinOrleans.Gateway.Bodies;
using DinOrleans.Gateway.Calls;
using DinOrleans.Gateway.Json;
using DinOrleans.Gateway.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DinOrleans.Gateway.Keys;

/// <summary><c>GET|POST /v1/keys</c> and <c>DELETE /v1/keys/{id}</c>.</summary>
/// <remarks>The key is drawn here, and only its hash goes to the cluster.</remarks>
internal sealed class KeysEndpoints(IGrainFactory grains, ClusterCalls calls, JsonBody bodies, KeyFollower follower, AuditLog audit, TimeProvider time)
{
    private IApiKeysGrain Keys => grains.GetGrain<IApiKeysGrain>(0);

    public async Task<JsonAnswer<KeysResponse>> ListAsync(HttpContext http) => new(
        new([.. (await calls.CallAsync(Keys.ListAsync, http.RequestAborted)).Select(KeyResponse.From)]));

    public async Task<JsonAnswer<NewKeyResponse>> MakeAsync(HttpContext http)
    {
        KeyRequest request = await bodies.ReadAsync<KeyRequest>(http);
        (string key, string id, byte[] hash) = ApiKeyText.Draw();
        var made = new NewApiKey { Id = id, Note = request.Note!, Scopes = [.. (request.Scopes ?? []).Select(s => s!)], ExpiresAt = request.ExpiresAt, Hash = hash };
        Check(made).ThrowIfAny();
        ApiKeyInfo info = await Keys.MakeAsync(made, http.RequestAborted);
        audit.KeyMade(http, info.Id, info.Scopes);
        await calls.CallAsync(follower.FollowAsync, http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        return new(new(key, KeyResponse.From(info)));
    }

    public async Task<Results<NoContent, NotFound>> RevokeAsync(string id, HttpContext http)
    {
        if (await calls.CallAsync(token => Keys.RevokeAsync(id, token), http.RequestAborted) is null)
        {
            return TypedResults.NotFound();
        }

        audit.KeyRevoked(http, id);
        await calls.CallAsync(follower.FollowAsync, http.RequestAborted);
        return TypedResults.NoContent();
    }

    // The rules of the contract see only moments. Text that is not a timestamp gets the rule for its form.
    private Violations Check(NewApiKey key)
    {
        if (key.ExpiresAt != TimestampConverter.Malformed)
        {
            return ApiKeyRules.Check(key, time.GetUtcNow());
        }

        Violations violations = ApiKeyRules.Check(key with { ExpiresAt = null }, time.GetUtcNow());
        violations.Add("expiresAt", TimestampConverter.Rule);
        return violations;
    }
}

/// <summary>Maps <c>/v1/keys</c>.</summary>
internal static class MapKeysExtensions
{
    public static void MapKeys(this IEndpointRouteBuilder v1, KeysEndpoints endpoints)
    {
        RouteGroupBuilder keys = v1.MapGroup("/keys").WithTags("Keys").Needs(ApiScopes.Admin);
        keys.MapGet("", (Delegate)endpoints.ListAsync).WithName("getKeys").WithSummary("Return all keys")
            .WithDescription("The keys come without their secrets, newest first.");
        keys.MapPost("", (Delegate)endpoints.MakeAsync)
            .TakesJson<KeyRequest>(Work.Write)
            .Fails(StatusCodes.Status409Conflict)
            .WithName("makeKey")
            .WithSummary("Make a key")
            .WithDescription($"The key is shown only in this answer. The scopes are {string.Join(", ", ApiScopes.All)}. None includes another one.");
        keys.MapDelete("/{id}", (Delegate)endpoints.RevokeAsync)
            .Fails(StatusCodes.Status404NotFound)
            .WithName("revokeKey")
            .WithSummary("Revoke a key")
            .WithDescription("The key has ended for good. Every gateway refuses it within 10 seconds. The request may be repeated.");
    }
}
