using DinOrleans.Contracts;
using DinOrleans.Contracts.Keys;
using DinOrleans.Contracts.Users;
using DinOrleans.Contracts.Validation;
using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Auth.Audit;
using DinOrleans.Gateway.Calls;
using DinOrleans.Gateway.Http;
using DinOrleans.Gateway.Json;

namespace DinOrleans.Gateway.Users;

/// <summary><c>GET /v1/users</c> and <c>GET /v1/users/{userId}/recent</c>.</summary>
internal sealed class UserSearchEndpoints(IGrainFactory grains, UserGrains users, ClusterCalls calls, AuditLog audit)
{
    internal const int DefaultLimit = 20;

    public async Task<JsonAnswer<UsersResponse>> FindAsync(HttpContext http)
    {
        var parameters = QueryParameters.Read(http.Request.Query, "prefix", "random", "limit", "after");
        var search = new UserSearch
        {
            Prefix = parameters.Text("prefix") ?? "",
            Random = parameters.Flag("random"),
            Limit = parameters.Whole("limit", DefaultLimit),
            After = parameters.Text("after"),
        };
        SearchRules.Check(search).ThrowIfAny();
        UserIdPage page = await calls.CallAsync(token => grains.GetGrain<IUserDirectoryGrain>(0).FindAsync(search, token), http.RequestAborted);
        audit.UsersSearched(http);
        return new(new(page.UserIds, page.Next));
    }

    public async Task<JsonAnswer<RecentUserResponse>> RecentAsync(string userId, HttpContext http)
    {
        string id = PathSegment.Decode(userId, http, behind: 1);
        http.Caller().CheckUser(id);
        int limit = QueryParameters.Read(http.Request.Query, "limit").Whole("limit", DefaultLimit);
        Violations violations = UserRules.CheckId(id);
        violations.Add(SearchRules.CheckLimit(limit));
        violations.ThrowIfAny();
        UserRecent recent = await calls.CallAsync(token => users.Of(id).GetRecentAsync(limit, token), http.RequestAborted);
        audit.Read(http, id);
        return new(new(recent.UserId, recent.Profile.Features, recent.Behaviours, recent.Rankings));
    }
}

/// <summary>Users that were found.</summary>
/// <param name="Users">The ids, in ascending order unless a random place was asked for.</param>
/// <param name="Next">The query parameter "after" of the next page. It is left out on the last page.</param>
internal sealed record UsersResponse(IReadOnlyList<string> Users, string? Next);

/// <summary>A user with the latest behaviours and rankings.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Features">The values of the profile's features by name.</param>
/// <param name="Behaviours">The latest behaviours, newest first. Those that followed a ranking name it.</param>
/// <param name="Rankings">The latest rankings as logged for training, newest first.</param>
internal sealed record RecentUserResponse(
    string UserId, IReadOnlyDictionary<string, string> Features, IReadOnlyList<BehaviourEvent> Behaviours, IReadOnlyList<LoggedRanking> Rankings);

/// <summary>Maps the search for users.</summary>
internal static class MapUserSearchExtensions
{
    public static void MapUserSearch(this IEndpointRouteBuilder v1, UserSearchEndpoints endpoints)
    {
        RouteGroupBuilder users = v1.MapGroup("/users").WithTags("Users");
        users.MapGet("", (Delegate)endpoints.FindAsync).Needs(ApiScopes.UsersRead).WithName("findUsers").WithSummary("Find users")
            .WithDescription("The answer has users who have events or a profile.")
            .Reads(
                new("prefix", "The beginning of the ids. Capital letters count.") { MaxLength = InputLimits.FeatureLength },
                new("random", "True for users who have events, from a random place on. \"prefix\" and \"after\" may not be given with it.") { IsFlag = true },
                RequestParameter.Limit(InputLimits.SearchRows, UserSearchEndpoints.DefaultLimit, "users"),
                RequestParameter.After);
        users.MapGet("/{userId}/recent", endpoints.RecentAsync).Needs(ApiScopes.UsersRead, takesUsers: true).WithName("getRecentUser").WithSummary("Return the latest of a user")
            .WithDescription("The answer has the profile of a user with the latest behaviours and rankings, newest first.")
            .Reads(new RequestParameter("limit", "The number of behaviours, and of rankings.") { Range = (1, InputLimits.SearchRows), Otherwise = UserSearchEndpoints.DefaultLimit });
    }
}
