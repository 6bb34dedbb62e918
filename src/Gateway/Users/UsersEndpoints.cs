using DinOrleans.Contracts;
using DinOrleans.Contracts.Keys;
using DinOrleans.Contracts.Users;
using DinOrleans.Contracts.Validation;
using DinOrleans.Gateway.Admission;
using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Auth.Audit;
using DinOrleans.Gateway.Bodies;
using DinOrleans.Gateway.Calls;
using DinOrleans.Gateway.Http;
using DinOrleans.Gateway.Json;
using DinOrleans.Gateway.Schema;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DinOrleans.Gateway.Users;

/// <summary><c>PUT|GET|DELETE /v1/users/{userId}</c>.</summary>
internal sealed class UsersEndpoints(UserGrains users, ClusterCalls calls, InputSchemaCache schemas, JsonBody bodies, AuditLog audit)
{
    public async Task<NoContent> PutAsync(string userId, HttpContext http)
    {
        IUserGrain user = User(userId, http);
        ProfileRequest request = await bodies.ReadAsync<ProfileRequest>(http);
        if (request.Features is null)
        {
            throw new InvalidInputException([new("features", "must be given")]);
        }

        var profile = new UserProfile(request.Features.ToFeatures());
        UserRules.CheckProfile(profile, await schemas.GetAsync(http.RequestAborted)).ThrowIfAny();
        await calls.CallAsync(token => user.PutProfileAsync(profile, token), http.RequestAborted);
        return TypedResults.NoContent();
    }

    public async Task<JsonAnswer<UserResponse>> GetAsync(string userId, HttpContext http)
    {
        IUserGrain user = User(userId, http);
        PageQuery parameters = PageQuery.Read(http.Request.Query, InputLimits.PageRows);
        var query = new UserPageQuery(parameters.Limit, parameters.After);
        UserPageRules.Check(query).ThrowIfAny();
        UserPage page = await calls.CallAsync(token => user.GetAsync(query, token), http.RequestAborted);
        if (query.After is null)
        {
            audit.Read(http, page.UserId);
        }

        return new(new(page.UserId, page.Profile.Features, page.Behaviours, page.Rankings, page.Next));
    }

    public async Task<NoContent> DeleteAsync(string userId, HttpContext http)
    {
        await calls.CallAsync(User(userId, http).EraseAsync, http.RequestAborted);
        audit.Erased(http, PathSegment.Decode(userId, http));
        return TypedResults.NoContent();
    }

    private IUserGrain User(string routed, HttpContext http)
    {
        string userId = PathSegment.Decode(routed, http);
        http.Caller().CheckUser(userId);
        UserRules.CheckId(userId).ThrowIfAny();
        return users.Of(userId);
    }
}

/// <summary>Maps <c>/v1/users</c>.</summary>
internal static class MapUsersExtensions
{
    public static void MapUsers(this IEndpointRouteBuilder v1, UsersEndpoints endpoints)
    {
        RouteGroupBuilder users = v1.MapGroup("/users/{userId}").WithTags("Users");
        users.MapPut("", endpoints.PutAsync).WithName("putUser").WithSummary("Replace a user's profile").WithDescription("The features replace all earlier ones.")
            .Needs(ApiScopes.Events).TakesJson<ProfileRequest>(Work.Write);
        users.MapGet("", endpoints.GetAsync).Needs(ApiScopes.UsersRead, takesUsers: true).WithName("getUser").WithSummary("Return what is held about a user")
            .WithDescription("Everything that is held about the user comes page by page: all behaviours, then all rankings, oldest first.")
            .Reads(RequestParameter.Limit(InputLimits.PageRows, InputLimits.PageRows, "behaviours and rankings"), RequestParameter.After);
        users.MapDelete("", endpoints.DeleteAsync).Needs(ApiScopes.UsersErase).WithName("eraseUser").WithSummary("Erase a user")
            .WithDescription("The user is erased everywhere. The request may be repeated.");
    }
}
