using System.Globalization;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Contracts.Validation;
using DinOrleans.Gateway.Json;
using DinOrleans.Gateway.Problems;
using DinOrleans.Gateway.Schema;

namespace DinOrleans.Gateway.Rank;

/// <summary><c>POST /v1/rank</c>.</summary>
internal sealed class RankEndpoint(IGrainFactory grains, InputSchemaCache schemas, TimeProvider time, GatewayInstruments instruments)
{
    public async Task<RankAnswer> RankAsync(HttpContext http)
    {
        long started = time.GetTimestamp();
        TimeSpan? budget = DeadlineHeader.Read(http.Request.Headers, out Violation? badDeadline);
        DateTimeOffset? deadline = budget is null ? null : time.GetUtcNow() + budget;
        RankRequest request = await JsonBody.ReadAsync(http, RequestJson.Default.RankRequest);
        RankQuery query = request.ToQuery(deadline);
        Check(request.UserId, query, await schemas.GetAsync(http.RequestAborted), badDeadline);

        Ranking ranking = await AskAsync(grains.GetGrain<IUserGrain>(request.UserId!), query, budget, http.RequestAborted);

        http.Response.Headers["Server-Timing"] = string.Create(
            CultureInfo.InvariantCulture,
            $"total;dur={ranking.TotalMicroseconds / 1000.0:0.###}, score;dur={ranking.ScoreMicroseconds / 1000.0:0.###}");
        instruments.Ranked(RankAnswer.SourceOf(ranking), query.Candidates.Count, time.GetElapsedTime(started));
        return new RankAnswer(ranking);
    }

    private static void Check(string? userId, RankQuery query, InputSchema schema, Violation? badDeadline)
    {
        IReadOnlyList<Violation> ofUser = UserRules.CheckId(userId);
        IReadOnlyList<Violation> ofQuery = RankRules.Check(query, schema);
        if (ofUser.Count > 0 || ofQuery.Count > 0 || badDeadline is not null)
        {
            throw new InvalidInputException([.. ofUser, .. ofQuery, .. badDeadline is null ? (Violation[])[] : [badDeadline]]);
        }
    }

    // The grain gives up by itself at the deadline; a silo that has gone away cannot.
    private async Task<Ranking> AskAsync(IUserGrain user, RankQuery query, TimeSpan? budget, CancellationToken aborted)
    {
        if (budget is not { } wait)
        {
            return await user.RankAsync(query, aborted);
        }

        using var expired = new CancellationTokenSource(wait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, expired.Token);
        try
        {
            return await user.RankAsync(query, either.Token);
        }
        catch (OperationCanceledException) when (expired.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            throw new DeadlineExceededException("The deadline passed before the ranking was made.");
        }
    }
}

/// <summary>Maps <c>/v1/rank</c>.</summary>
internal static class MapRankExtensions
{
    public static void MapRank(this IEndpointRouteBuilder v1, RankEndpoint endpoint) => v1
        .MapPost("/rank", (Delegate)endpoint.RankAsync)
        .WithName("rank")
        .WithTags("Ranking")
        .WithSummary("Rank candidates for a user")
        .WithDescription($"The header {DeadlineHeader.Name} (1 to {DeadlineHeader.Max} milliseconds) says how long the answer is of use; after it the answer is 504.")
        .RequireRateLimiting(RankAdmission.Policy)
        .Accepts<RankRequest>("application/json")
        .Fails(StatusCodes.Status504GatewayTimeout);
}
