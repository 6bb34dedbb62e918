using DinOrleans.Contracts;
using DinOrleans.Contracts.Users;
using DinOrleans.Contracts.Validation;
using DinOrleans.Gateway.Json;

namespace DinOrleans.Gateway.Users;

/// <summary><c>/v1/users/{userId}</c>.</summary>
internal static class UsersEndpoints
{
    private const string Route = "/v1/users/{userId}";

    public static void MapUsers(this IEndpointRouteBuilder routes)
    {
        routes.MapPut(Route, PutAsync).Accepts<ProfileRequest>("application/json").Produces(StatusCodes.Status204NoContent)
            .WithSummary("Replaces a user's profile.");
        routes.MapGet(Route, GetAsync).Produces<UserResponse>()
            .WithSummary("Everything held about a user: profile and behaviours, event ids included.");
        routes.MapDelete(Route, DeleteAsync).Produces(StatusCodes.Status204NoContent)
            .WithSummary("Erases a user everywhere. Idempotent.");
    }

    private static async Task PutAsync(HttpContext context, string userId, IGrainFactory grains, InputSchemaCache schemas)
    {
        ProfileRequest request = await RequestBody.ReadAsync(context, WireJson.Default.ProfileRequest).ConfigureAwait(false);
        List<Violation>? violations = null;
        var profile = new UserProfile(FeatureValues.Read(request.Features, "features", ref violations));
        var schema = await schemas.GetAsync(context.RequestAborted).ConfigureAwait(false);
        IReadOnlyList<Violation> broken = [.. UserRules.CheckId(userId), .. violations ?? [], .. UserRules.CheckProfile(profile, schema)];
        broken.ThrowIfAny();
        await grains.GetGrain<IUserGrain>(userId).PutProfileAsync(profile, context.RequestAborted).ConfigureAwait(false);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task GetAsync(HttpContext context, string userId, IGrainFactory grains)
    {
        UserRules.CheckId(userId).ThrowIfAny();
        UserSnapshot user = await grains.GetGrain<IUserGrain>(userId).GetAsync(context.RequestAborted).ConfigureAwait(false);
        var body = new UserResponse(user.UserId, user.Profile.Features, [.. user.Behaviours.Select(Body)]);
        await RequestBody.WriteAsync(context, body, WireJson.Default.UserResponse).ConfigureAwait(false);
    }

    private static async Task DeleteAsync(HttpContext context, string userId, IGrainFactory grains)
    {
        UserRules.CheckId(userId).ThrowIfAny();
        await grains.GetGrain<IUserGrain>(userId).EraseAsync(context.RequestAborted).ConfigureAwait(false);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static BehaviourBody Body(BehaviourEvent e) =>
        new(e.EventId, e.ItemId, e.Type, e.Timestamp, e.RankingId, e.Context.Count > 0 ? e.Context : null);
}
