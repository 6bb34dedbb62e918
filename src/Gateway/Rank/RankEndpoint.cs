using DinOrleans.Contracts.Keys;
using DinOrleans.Contracts.Users;
using DinOrleans.Gateway.Admission;
using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Bodies;
using DinOrleans.Gateway.Http;
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
        .WithDescription("The items come best first. A user who was never seen is ranked with an empty history. Before any version is active, popularity ranks.")
        .Reads(
            new(DeadlineHeader.Name, "How long the answer is of use, in milliseconds. A ranking that is later is answered 504.") { IsHeader = true, Range = (1, DeadlineHeader.Max) },
            new(OverrideHeader.Name, "Asks for an arm of an experiment instead of the user's own, as \"experiment=arm\", where that is allowed.") { IsHeader = true })
        .TakesJson<RankRequest>(Work.Ranking)
        .Produces<RankResponse>()
        .Fails(StatusCodes.Status504GatewayTimeout);
}
