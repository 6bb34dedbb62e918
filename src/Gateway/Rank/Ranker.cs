using System.Globalization;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Schema;
using DinOrleans.Contracts.Users;
using DinOrleans.Contracts.Validation;
using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Bodies;
using DinOrleans.Gateway.Calls;
using DinOrleans.Gateway.Schema;
using DinOrleans.Gateway.Settings;
using DinOrleans.Gateway.Telemetry;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway.Rank;

/// <summary>Checks a ranking that was asked for, in whatever form it was sent, has the user's grain make it, and counts it.</summary>
internal sealed class Ranker(
    UserGrains users, ClusterCalls calls, InputSchemaCache schemas, IOptions<GatewayOptions> options, TimeProvider time, GatewayInstruments instruments)
{
    /// <summary>Makes a ranking, whose numbers are all finite.</summary>
    /// <param name="http">The request. Its caller is known, and its body has been read and admitted.</param>
    /// <param name="userId">The user, as the caller named them.</param>
    /// <param name="query">The candidates and how to rank them, without a time and without an arm.</param>
    /// <param name="deadline">How long the answer is of use from when the body began to arrive.</param>
    /// <param name="aborted">Cancelled when the caller has gone.</param>
    /// <exception cref="InvalidInputException">The query, or a header, breaks a rule.</exception>
    /// <exception cref="DeadlineExceededException">The deadline passed.</exception>
    public async Task<Ranking> RankAsync(HttpContext http, string? userId, RankQuery query, Deadline deadline, CancellationToken aborted)
    {
        // The deadline also covers the time that the body took to arrive.
        long started = http.Features.GetRequiredFeature<RequestBody>().Started;
        Caller caller = http.Caller();
        caller.CheckUser(userId);
        bool mayOverride = caller.IsAnyone ? options.Value.ExperimentOverrides : caller.MayExperiment;
        ArmReference? arm = OverrideHeader.Read(http.Request.Headers, mayOverride, out Violation? badOverride);
        query = arm is null ? query : query with { Override = arm };
        Check(userId, query, await schemas.GetAsync(aborted), deadline.Violation, badOverride);

        Ranking ranking = await AskAsync(users.Of(userId!), query, deadline.Budget - time.GetElapsedTime(started), aborted);
        FiniteNumbers.Check(ranking);

        http.Response.Headers["Server-Timing"] = string.Create(
            CultureInfo.InvariantCulture,
            $"total;dur={ranking.TotalMicroseconds / 1000.0:0.###}, score;dur={ranking.ScoreMicroseconds / 1000.0:0.###}");
        instruments.Ranked(ranking.Source, query.Candidates.Count, time.GetElapsedTime(started));
        return ranking;
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
        catch (OrleansException) when (left <= time.GetElapsedTime(asked))
        {
            // The call failed before the timer of the deadline was served.
            throw TooLate();
        }

        RankQuery WithTimeLeft()
        {
            TimeSpan? stillLeft = left - time.GetElapsedTime(asked);
            return stillLeft is null ? query : stillLeft > TimeSpan.Zero ? query with { TimeLeft = stillLeft } : throw TooLate();
        }
    }

    private static DeadlineExceededException TooLate() => new("The deadline passed before the ranking was made.");
}
