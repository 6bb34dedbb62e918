using DinOrleans.Contracts.Keys;
using DinOrleans.Contracts.Users;
using DinOrleans.Gateway.Admission;
using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Bodies;
using DinOrleans.Gateway.Problems;

namespace DinOrleans.Gateway.Rank;

/// <summary><c>POST /v1/rank</c>.</summary>
internal sealed class RankEndpoint(Ranker ranker, JsonBody bodies)
{
    public async Task RankAsync(HttpContext http)
    {
        Deadline deadline = DeadlineHeader.Read(http.Request.Headers);
        RankRequest request = await bodies.ReadAsync<RankRequest>(http);
        Ranking ranking = await ranker.RankAsync(http, request.UserId, request.ToQuery(), deadline, http.RequestAborted);
        http.Response.ContentType = "application/json; charset=utf-8";
        await new RankResponse(ranking).WriteAsync(http.Response.BodyWriter, http.RequestAborted);
    }
}

/// <summary>Maps <c>/v1/rank</c>.</summary>
internal static class MapRankExtensions
{
    public static void MapRank(this IEndpointRouteBuilder v1, RankEndpoint endpoint) => v1
        .MapPost("/rank", (Delegate)endpoint.RankAsync)
        .Needs(ApiScopes.Rank, takesUsers: true)
        .WithName("rank")
        .WithTags("Ranking")
        .WithSummary("Rank candidates for a user")
        .WithDescription($"The header {DeadlineHeader.Name} (1 to {DeadlineHeader.Max} milliseconds) says how long the answer is of use. After that time the answer is 504. {OverrideHeader.Name} (experiment=arm) asks for an arm, where that is allowed.")
        .TakesJson<RankRequest>(Work.Ranking)
        .Produces<RankResponse>()
        .Fails(StatusCodes.Status504GatewayTimeout);
}
