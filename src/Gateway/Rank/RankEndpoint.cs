using System.Globalization;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Keys;
using DinOrleans.Contracts.Schema;
using DinOrleans.Contracts.Users;
using DinOrleans.Contracts.Validation;
using DinOrleans.Gateway.Admission;
using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Bodies;
using DinOrleans.Gateway.Calls;
using DinOrleans.Gateway.Http;
using DinOrleans.Gateway.Problems;
using DinOrleans.Gateway.Schema;
using DinOrleans.Gateway.Settings;
using DinOrleans.Gateway.Telemetry;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway.Rank;

/// <summary><c>POST /v1/rank</c>.</summary>
internal sealed class RankEndpoint(
    IGrainFactory grains, ClusterCalls calls, InputSchemaCache schemas, JsonBody bodies, IOptions<GatewayOptions> options, TimeProvider time, GatewayInstruments instruments)
{
    public async Task RankAsync(HttpContext http)
    {
        // The deadline also covers the time that the body took to arrive.
        long started = http.Features.GetRequiredFeature<RequestBody>().Started;
        TimeSpan? budget = DeadlineHeader.Read(http.Request.Headers, out Violation? badDeadline);
        RankRequest request = await bodies.ReadAsync<RankRequest>(http);
        Caller caller = http.Caller();
        caller.CheckUser(request.UserId);
        bool mayOverride = caller.IsAnyone ? options.Value.ExperimentOverrides : caller.MayExperiment;
        ArmReference? arm = OverrideHeader.Read(http.Request.Headers, mayOverride, out Violation? badOverride);
        RankQuery query = arm is null ? request.ToQuery() : request.ToQuery() with { Override = arm };
        Check(request.UserId, query, await schemas.GetAsync(http.RequestAborted), badDeadline, badOverride);

        Ranking ranking = await AskAsync(grains.GetGrain<IUserGrain>(request.UserId!), query, budget - time.GetElapsedTime(started), http.RequestAborted);

        http.Response.Headers["Server-Timing"] = string.Create(
            CultureInfo.InvariantCulture,
            $"total;dur={ranking.TotalMicroseconds / 1000.0:0.###}, score;dur={ranking.ScoreMicroseconds / 1000.0:0.###}");
        var response = RankResponse.Create(ranking);
        instruments.Ranked(response.Source, query.Candidates.Count, time.GetElapsedTime(started));
        http.Response.ContentType = "application/json; charset=utf-8";
        await response.WriteAsync(http.Response.BodyWriter, http.RequestAborted);
    }

    private static void Check(string? userId, RankQuery query, InputSchema schema, params ReadOnlySpan<Violation?> ofHeaders)
    {
        Violations violations = UserRules.CheckId(userId);
        violations.Add(RankRules.Check(query, schema));
        foreach (Violation? header in ofHeaders)
        {
            if (header is not null)
            {
                violations.Add(header.Field, header.Rule);
            }
        }

        violations.ThrowIfAny();
    }

    /// <summary>Calls the user's grain. It gives up by itself when no time is left, but a silo that is frozen or gone cannot, so the gateway does too.</summary>
    /// <param name="user">The user's grain.</param>
    /// <param name="query">The candidates and how to rank them.</param>
    /// <param name="left">The time that is left until the caller's deadline; null where the caller gave none.</param>
    /// <param name="aborted">Cancelled when the caller has gone.</param>
    private async Task<Ranking> AskAsync(IUserGrain user, RankQuery query, TimeSpan? left, CancellationToken aborted)
    {
        if (left <= TimeSpan.Zero)
        {
            throw TooLate();
        }

        using var expired = new CancellationTokenSource(left ?? options.Value.RankingTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, expired.Token);
        long asked = time.GetTimestamp();
        try
        {
            return await calls.CallAsync(token => user.RankAsync(WithTimeLeft(), token), either.Token);
        }
        catch (OperationCanceledException e) when (expired.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            throw left is null ? new TimeoutException("The cluster did not rank in time.", e) : TooLate();
        }

        RankQuery WithTimeLeft()
        {
            TimeSpan? stillLeft = left - time.GetElapsedTime(asked);
            return stillLeft is null ? query : stillLeft > TimeSpan.Zero ? query with { TimeLeft = stillLeft } : throw TooLate();
        }
    }

    private static DeadlineExceededException TooLate() => new("The deadline passed before the ranking was made.");
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
